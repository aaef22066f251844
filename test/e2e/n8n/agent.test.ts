import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Execution } from '../../support/n8nServer/execution';
import type { Credential, WorkflowNode } from '../../support/n8nServer/n8nClient';
import {
	PACK,
	START_TIMEOUT_MS,
	startN8nWithHub,
	type N8nWithHub,
} from '../../support/n8nServer/startN8nWithHub';
import { repositoryRoot } from '../../support/repositoryRoot';
import { startScriptedModel, type ScriptedModel } from '../../support/scriptedModel';

const CHAT = 'When chat message received';
const AGENT = 'AI Agent';

const TOOL = `${PACK}.xeroHubTool`;

type ExampleNode = Omit<WorkflowNode, 'credentials'> & {
	readonly credentials?: Readonly<Record<string, unknown>>;
};

/** The example that people import. */
const example = JSON.parse(
	readFileSync(join(repositoryRoot, 'examples', 'ask-about-the-books.json'), 'utf8'),
) as {
	readonly name: string;
	readonly nodes: readonly ExampleNode[];
	readonly connections: Readonly<Record<string, unknown>>;
};

interface AgentWish {
	/** Of the agent node; the example's when absent. */
	readonly version?: number;
	readonly tools?: ReadonlyArray<Pick<ExampleNode, 'name' | 'parameters' | 'onError'>>;
}

/** An answer of a tool with about ten fields for each of its records. */
const COMPACT = 500;

describe('an AI agent with the node as its tools', () => {
	let t: N8nWithHub;
	let model: ScriptedModel;
	let credentials: Readonly<Record<string, Credential>>;
	let tenantId: string;
	let accessToken: string;

	beforeAll(async () => {
		model = await startScriptedModel();
		t = await startN8nWithHub();
		credentials = {
			xeroHubApi: t.credential,
			openAiApi: await t.n8n.client.createCredential({
				name: 'OpenAI',
				type: 'openAiApi',
				data: { apiKey: 'sk-scripted', url: model.url },
			}),
		};
		const [first, ...others] = t.workspace.connections;
		for (const { id } of others) await t.api('PATCH', `/connections/${id}`, { enabled: false });
		tenantId = first!.tenantId;
		accessToken = (await t.api('GET', `/connections/${first!.id}/token`)).accessToken;
	}, START_TIMEOUT_MS);

	afterAll(async () => {
		await t?.close();
		await model?.close();
	}, 60_000);

	/** Imports the example, with tools of the test's own in the place of its tools if some are given. */
	async function importAgent({ version, tools }: AgentWish = {}): Promise<string> {
		const own = tools?.map((tool): ExampleNode => ({
			...tool,
			type: TOOL,
			credentials: { xeroHubApi: {} },
		}));
		const nodes = [
			...example.nodes.filter(({ type }) => own === undefined || type !== TOOL),
			...(own ?? []),
		].map(({ credentials: named = {}, ...node }) => ({
			...node,
			...(node.name === AGENT && version !== undefined && { typeVersion: version }),
			credentials: Object.fromEntries(Object.keys(named).map((type) => [type, credentials[type]!])),
		}));
		const connections = Object.fromEntries(
			nodes.map(({ name, type }) => [
				name,
				type === TOOL && own !== undefined
					? { ai_tool: [[{ node: AGENT, type: 'ai_tool', index: 0 }]] }
					: (example.connections[name] ?? {}),
			]),
		);
		return await t.n8n.client.createWorkflow(example.name, nodes, connections);
	}

	/** What the agent says in the end. */
	async function ask(workflowId: string): Promise<unknown> {
		return (await t.n8n.client.chat(workflowId, CHAT, 'Please look into the books')).output;
	}

	/** What the sandbox holds, read without the node. */
	async function inXero(path: string): Promise<ReadonlyArray<Record<string, unknown>>> {
		const response = await t.sandbox.call(
			{ access_token: accessToken },
			tenantId,
			'GET',
			`/api.xro/2.0/${path}`,
		);
		const body = (await response.json()) as Record<string, unknown>;
		return Object.values(body).find(Array.isArray) as Array<Record<string, unknown>>;
	}

	it('offers the example’s tools with names, descriptions and flat arguments that are described', async () => {
		model.follow('What would you like to know?');

		await ask(await importAgent());

		const tools = model.requests[0]!.tools;
		expect(tools.map(({ name }) => name).sort()).toEqual([
			'Create_contact',
			'Draft_invoice',
			'Find_contacts',
			'Find_invoices',
		]);
		for (const { name, description, parameters } of tools) {
			expect([name, description]).toEqual([name, expect.stringMatching(/\bXero\b.*\.$/)]);
			for (const [argument, schema] of Object.entries(parameters.properties)) {
				expect([name, argument, schema]).toEqual([
					name,
					argument,
					expect.objectContaining({ type: 'string', description: expect.stringMatching(/.{10}/) }),
				]);
			}
		}
	});

	it('describes a tool by its operation where nobody wrote a description', async () => {
		const id = await importAgent({
			tools: [{ name: 'Xero', parameters: { resource: 'invoice', operation: 'voidOrDelete' } }],
		});
		model.follow('Nothing to do.');

		await ask(id);

		expect(model.requests[0]!.tools).toEqual([
			expect.objectContaining({
				name: 'Xero',
				description: 'Void or delete invoice or bill in Xero Hub',
			}),
		]);
	});

	it('finds a contact and its invoices, and drafts one, with short answers', async () => {
		const [invoice] = await inXero('Invoices?page=1&pageSize=1&where=Type%3D%3D%22ACCREC%22');
		const contact = invoice!.Contact as { readonly ContactID: string; readonly Name: string };
		model.follow(
			[{ tool: 'Find_contacts', args: { search: contact.Name } }],
			({ answers: [found = ''] }) => {
				const [{ ContactID }] = JSON.parse(found);
				return [
					{ tool: 'Find_invoices', args: { contact_id: ContactID, statuses: '' } },
					{
						tool: 'Draft_invoice',
						args: {
							contact_id: ContactID,
							lines:
								'[{"Description": "Advice", "Quantity": 1.5, "UnitAmount": "120.50", "AccountCode": "200"}]',
							due_date: '2030-01-31',
							reference: 'By the agent',
						},
					},
				];
			},
			'There are invoices, and I drafted another.',
		);

		expect(await ask(await importAgent())).toBe('There are invoices, and I drafted another.');

		const [, found, invoicesAndDraft] = model.requests.map(({ answers }) =>
			answers.map((answer) => JSON.parse(answer)),
		);
		expect(found).toEqual([[expect.objectContaining({ ContactID: contact.ContactID })]]);
		const [invoices, [draft]] = invoicesAndDraft!;
		expect(invoices).toContainEqual(
			expect.objectContaining({ InvoiceID: invoice!.InvoiceID, AmountDue: invoice!.AmountDue }),
		);
		expect(draft).toMatchObject({ Status: 'DRAFT', Total: expect.any(Number) });
		for (const record of [...found![0], ...invoices, draft]) {
			expect(JSON.stringify(record).length).toBeLessThan(COMPACT);
		}
		const [made] = await inXero(`Invoices/${draft.InvoiceID}`);
		expect(made).toMatchObject({
			Reference: 'By the agent',
			Contact: { ContactID: contact.ContactID },
			LineItems: [expect.objectContaining({ Quantity: 1.5, UnitAmount: 120.5 })],
		});
	});

	it('takes what a model writes: names, numbers, codes, choices, lists and lines', async () => {
		const fromAI = (key: string, type = 'string') =>
			`={{ $fromAI('${key}', '${key}', '${type}') }}`;
		const picked = (mode: string, key: string) => ({ __rl: true, mode, value: fromAI(key) });
		const id = await importAgent({
			tools: [
				{
					name: 'Bill',
					parameters: {
						resource: 'invoice',
						operation: 'create',
						type: fromAI('kind'),
						contact: picked('name', 'customer'),
						lineItemsMode: 'json',
						lineItemsJson: fromAI('lines', 'json'),
						additionalFields: {
							invoiceNumber: fromAI('number'),
							status: fromAI('status'),
							date: fromAI('day'),
							dueDate: fromAI('day'),
							reference: fromAI('reference'),
						},
					},
				},
				{
					name: 'Pay',
					parameters: {
						resource: 'payment',
						operation: 'create',
						paymentFor: 'invoice',
						invoice: picked('number', 'number'),
						account: picked('id', 'account'),
						amount: fromAI('amount', 'number'),
					},
				},
				{
					name: 'List',
					parameters: {
						resource: 'invoice',
						operation: 'getAll',
						limit: fromAI('limit', 'number'),
						filters: { statuses: fromAI('statuses'), invoiceNumbers: fromAI('numbers') },
					},
				},
			],
		});
		const lines = [{ Description: 'Tea', Quantity: 2, UnitAmount: 5, AccountCode: '200' }];
		const bill = {
			kind: 'ACCREC',
			customer: 'Tea Drinkers of Ngaio',
			number: 'AGENT-1',
			status: 'AUTHORISED',
			day: '2026-10-01',
			reference: '',
			lines,
		};
		model.follow(
			[{ tool: 'Bill', args: bill }],
			[{ tool: 'Pay', args: { number: 'AGENT-1', account: '090', amount: 4.5 } }],
			[{ tool: 'List', args: { statuses: 'PAID, AUTHORISED', numbers: 'AGENT-1', limit: 5 } }],
			'Billed and paid.',
		);

		await ask(id);

		const [, billed, paid, listed] = model.requests.map(({ answers: [answer = '[]'] }) =>
			JSON.parse(answer),
		);
		expect(billed).toEqual([
			expect.objectContaining({ Status: 'AUTHORISED', InvoiceNumber: 'AGENT-1' }),
		]);
		expect(paid).toEqual([expect.objectContaining({ Amount: 4.5, Status: 'AUTHORISED' })]);
		expect(listed).toEqual([
			expect.objectContaining({
				InvoiceNumber: 'AGENT-1',
				ContactName: 'Tea Drinkers of Ngaio',
				AmountDue: billed[0].Total - 4.5,
			}),
		]);
	});

	it.each([2, 3])(
		'tells the model of agent version %s in Xero’s words what was wrong, and the next call succeeds',
		async (version) => {
			const [contact] = await inXero('Contacts?page=1&pageSize=1');
			const reference = `Corrected by version ${version}`;
			const draft = (AccountCode: string, contact_id = contact!.ContactID) => ({
				tool: 'Draft_invoice',
				args: {
					contact_id,
					lines: JSON.stringify([
						{ Description: 'Advice', Quantity: 1, UnitAmount: 10, AccountCode },
					]),
					due_date: '2030-01-31',
					reference,
				},
			});
			model.follow(
				[draft('9999'), draft('200', contact!.Name)],
				[draft('200')],
				'Done at the third attempt.',
			);

			expect(await ask(await importAgent({ version }))).toBe('Done at the third attempt.');

			const [, refused, saved] = model.requests.map(({ answers }) =>
				answers.flatMap((answer) => JSON.parse(answer)),
			);
			expect(refused).toEqual([
				{
					error: expect.stringContaining(
						"Account code '9999' is not a valid code for this document.",
					),
					details: expect.stringContaining('Correct'),
				},
				{
					error: expect.stringContaining("Contact is not an id of Xero's"),
					details: expect.stringContaining('Xero ids look like'),
				},
			]);
			expect(saved).toEqual([expect.objectContaining({ Status: 'DRAFT' })]);
			expect(
				await inXero(`Invoices?where=Reference%3D%3D%22${encodeURIComponent(reference)}%22`),
			).toHaveLength(1);
		},
	);

	it('ends where a person wants an error to stop the workflow', async () => {
		const [contact] = await inXero('Contacts?page=1&pageSize=1');
		const id = await importAgent({
			tools: [
				{
					name: 'Create contact',
					onError: 'stopWorkflow',
					parameters: { resource: 'contact', operation: 'create', name: contact!.Name },
				},
			],
		});
		model.follow([{ tool: 'Create_contact', args: {} }]);

		await expect(ask(id)).rejects.toThrow('500');

		const execution: Execution = await t.n8n.client.nextExecution(id, []);
		expect(execution).toMatchObject({
			status: 'error',
			error: expect.stringContaining('is already assigned to another contact'),
		});
	});

	it('cuts a long list to a size that a model can take, and says that there is more', async () => {
		await t.sandbox.seed(tenantId, { contacts: 600 });
		const parameters = { resource: 'contact', operation: 'getAll' };
		const id = await importAgent({
			tools: [
				{ name: 'Some', parameters },
				{ name: 'All', parameters: { ...parameters, returnAll: true } },
			],
		});
		model.follow(
			[
				{ tool: 'Some', args: {} },
				{ tool: 'All', args: {} },
			],
			'There are many.',
		);

		await ask(id);

		const answers = model.requests[1]!.answers;
		const [some, all] = answers.map((answer) => JSON.parse(answer) as Array<{ note?: string }>);
		expect(some).toHaveLength(51);
		expect(some!.at(-1)).toEqual({ note: expect.stringContaining('there may be more') });
		expect(answers[0]!.length).toBeLessThan(50 * COMPACT);
		expect(all!.at(-1)).toEqual({ note: expect.stringMatching(/^Only the first \d+ of 6\d\d/) });
		expect(answers[1]!.length).toBeLessThan(101_000);
	});

	it('gives the fields that a person selected, and the id', async () => {
		const parameters = { resource: 'contact', operation: 'getAll', limit: 1 };
		const id = await importAgent({
			tools: [
				{
					name: 'Selected',
					parameters: { ...parameters, output: 'selected', fieldsToReturn: ['Name', 'Phones'] },
				},
				{ name: 'Raw', parameters: { ...parameters, output: 'raw' } },
			],
		});
		model.follow(
			[
				{ tool: 'Selected', args: {} },
				{ tool: 'Raw', args: {} },
			],
			'I see.',
		);

		await ask(id);

		const [[selected], [raw]] = model.requests[1]!.answers.map((answer) => JSON.parse(answer));
		expect(Object.keys(selected)).toEqual(['ContactID', 'Name', 'Phones']);
		expect(raw).toMatchObject({ ...selected, UpdatedDateUTC: expect.stringMatching(/^\d{4}-/) });
		expect(Object.keys(raw).length).toBeGreaterThan(10);
	});
});
