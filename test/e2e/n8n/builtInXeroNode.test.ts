import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { freshPostgresDatabase } from '../../support/freshDatabase';
import type { Execution } from '../../support/n8nServer/execution';
import type { Credential } from '../../support/n8nServer/n8nClient';
import { startN8n, type RunningN8n } from '../../support/n8nServer/startN8n';
import { START_TIMEOUT_MS } from '../../support/n8nServer/startN8nWithHub';
import { startSandboxProcess, type SandboxProcess } from '../../support/sandboxProcess';
import { repositoryRoot } from '../../support/repositoryRoot';

const START = 'Webhook';
const XERO = 'Xero';

/** Xero takes no redirect to http://127.0.0.1, where n8n really is. */
const N8N_ADDRESS = 'https://n8n.example';

const XERO_AT_SANDBOX = join(repositoryRoot, 'test/support/n8nServer/xeroAtSandbox.cjs');

type XeroRecord = Readonly<Record<string, unknown>>;

/** Everybody has used Xero from n8n through this node: what it does works with Xero. */
describe("n8n's built-in Xero node, unmodified, against the sandbox", () => {
	const closing: Array<() => Promise<unknown>> = [];
	let n8n: RunningN8n;
	let sandbox: SandboxProcess;
	let credential: Credential;
	let accessToken: string;
	let organizationId: string;

	beforeAll(async () => {
		sandbox = await startSandboxProcess();
		closing.push(() => sandbox.process.stop());
		const database = await freshPostgresDatabase();
		closing.push(() => database.drop());
		n8n = await startN8n({
			databaseUrl: database.url,
			env: {
				N8N_EDITOR_BASE_URL: N8N_ADDRESS,
				NODE_OPTIONS: `--require ${XERO_AT_SANDBOX}`,
				XERO_SANDBOX_PORT: new URL(sandbox.url).port,
			},
		});
		closing.push(() => n8n.stop());

		const app = await sandbox.createApp({
			redirectUris: [`${N8N_ADDRESS}/rest/oauth2-credential/callback`],
		});
		credential = await n8n.client.createCredential({
			name: 'Xero',
			type: 'xeroOAuth2Api',
			data: { clientId: app.clientId, clientSecret: app.clientSecret },
		});
		await n8n.client.connectOAuth2(credential, (url) =>
			url.replace('https://login.xero.com', sandbox.url).replace(N8N_ADDRESS, n8n.url),
		);
		const tokens = await sandbox.authorise(app);
		accessToken = tokens.access_token;
		const { organisations } = await sandbox.state();
		organizationId = organisations[0]!.tenantId;
	}, START_TIMEOUT_MS);

	afterAll(async () => {
		for (const close of closing.reverse()) await close();
	}, 60_000);

	/** What the node puts out with these parameters; those that are not given have the editor's defaults. */
	async function run(parameters: XeroRecord): Promise<readonly XeroRecord[]> {
		const execution = await execute(parameters);
		expect(execution).toMatchObject({ status: 'success', error: undefined });
		return execution.itemsOf(XERO).map(({ json }) => json);
	}

	async function execute(parameters: XeroRecord): Promise<Execution> {
		const path = randomUUID();
		const workflow = await n8n.client.createWorkflow(path, [
			{
				name: START,
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				webhookId: path,
				parameters: { httpMethod: 'POST', path, options: {} },
			},
			{
				name: XERO,
				type: 'n8n-nodes-base.xero',
				parameters: { organizationId, ...parameters },
				credentials: { xeroOAuth2Api: credential },
			},
		]);
		await n8n.client.publish(workflow);
		expect((await fetch(`${n8n.url}/webhook/${path}`, { method: 'POST' })).status).toBe(200);
		const execution = await n8n.client.nextExecution(workflow, []);
		await n8n.client.unpublish(workflow);
		return execution;
	}

	/** A plain request to the sandbox, past n8n. */
	async function ask(method: string, path: string, body?: unknown): Promise<readonly XeroRecord[]> {
		const [name = ''] = path.split(/[/?]/);
		const response = await sandbox.call(
			{ access_token: accessToken },
			organizationId,
			method,
			`/api.xro/2.0/${path}`,
			body,
		);
		expect(response.status).toBe(200);
		return ((await response.json()) as Record<string, XeroRecord[]>)[name] ?? [];
	}
	const one = async (path: string) => (await ask('GET', path))[0]!;
	const create = async (name: string, record: XeroRecord) =>
		(await ask('PUT', name, { [name]: [record] }))[0]!;
	const invoice = async (more: XeroRecord = {}) =>
		await create('Invoices', {
			Type: 'ACCREC',
			Contact: { ContactID: (await ask('GET', 'Contacts'))[0]!['ContactID'] },
			LineItems: [{ Description: 'Advice', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
			...more,
		});

	describe('contact', () => {
		it('create: with the name alone', async () => {
			const [created] = await run({ resource: 'contact', operation: 'create', name: 'Name Alone' });

			expect(await one(`Contacts/${String(created!['ContactID'])}`)).toMatchObject({
				Name: 'Name Alone',
				ContactStatus: 'ACTIVE',
			});
		});

		it('create: with additional fields, a phone and an address', async () => {
			const [created] = await run({
				resource: 'contact',
				operation: 'create',
				name: 'Additional Fields',
				additionalFields: {
					accountNumber: 'AF-1',
					emailAddress: 'af@example.com',
					firstName: 'Ada',
					taxNumber: '12-345-678',
					phonesUi: { phonesValues: [{ phoneType: 'MOBILE', phoneNumber: '555 0100' }] },
					addressesUi: {
						addressesValues: [{ type: 'STREET', line1: '1 Quay St', city: 'Auckland' }],
					},
				},
			});

			expect(await one(`Contacts/${String(created!['ContactID'])}`)).toMatchObject({
				Name: 'Additional Fields',
				AccountNumber: 'AF-1',
				EmailAddress: 'af@example.com',
				FirstName: 'Ada',
				TaxNumber: '12-345-678',
				Phones: expect.arrayContaining([
					expect.objectContaining({ PhoneType: 'MOBILE', PhoneNumber: '555 0100' }),
				]),
				Addresses: expect.arrayContaining([
					expect.objectContaining({ AddressType: 'STREET', AddressLine1: '1 Quay St' }),
				]),
			});
		});

		it('get', async () => {
			const { ContactID } = await create('Contacts', { Name: 'To Be Read' });

			const items = await run({ resource: 'contact', operation: 'get', contactId: ContactID });

			expect(items).toEqual([expect.objectContaining({ ContactID, Name: 'To Be Read' })]);
		});

		it('get many: all that there are', async () => {
			await sandbox.seed(organizationId, { contacts: 230 });

			const items = await run({ resource: 'contact', operation: 'getAll', limit: 1000 });

			const there = await ask('GET', 'Contacts');
			expect(items.map(({ ContactID }) => ContactID)).toEqual(
				there.map(({ ContactID }) => ContactID),
			);
			expect(items.length).toBeGreaterThan(230);
		});

		it('get many: up to the limit, by name', async () => {
			const items = await run({
				resource: 'contact',
				operation: 'getAll',
				limit: 3,
				options: { orderBy: 'Name', sortOrder: 'ASC' },
			});

			const there = await ask('GET', 'Contacts?order=Name%20ASC');
			expect(items.map(({ Name }) => Name)).toEqual(there.slice(0, 3).map(({ Name }) => Name));
		});

		it('update', async () => {
			const { ContactID } = await create('Contacts', { Name: 'Before', FirstName: 'Ada' });

			await run({
				resource: 'contact',
				operation: 'update',
				contactId: ContactID,
				updateFields: { name: 'After' },
			});

			expect(await one(`Contacts/${String(ContactID)}`)).toMatchObject({
				Name: 'After',
				FirstName: 'Ada',
			});
		});
	});

	describe('invoice', () => {
		/** A line as the editor adds it: every field that is not touched is sent, as an empty text. */
		const untouched = {
			description: '',
			quantity: 1,
			unitAmount: '',
			itemCode: '',
			accountCode: '',
			taxType: '',
			taxAmount: '',
			lineAmount: '',
			discountRate: '',
		};

		it("create: with the editor's defaults in all but what has to be filled in", async () => {
			const [{ ContactID }] = (await ask('GET', 'Contacts')) as [XeroRecord];

			const [created] = await run({
				resource: 'invoice',
				operation: 'create',
				type: 'ACCREC',
				contactId: ContactID,
				lineItemsUi: {
					lineItemsValues: [
						{
							...untouched,
							description: 'Advice',
							unitAmount: '120.50',
							accountCode: '200',
							taxType: 'OUTPUT2',
						},
					],
				},
			});

			expect(await one(`Invoices/${String(created!['InvoiceID'])}`)).toMatchObject({
				Type: 'ACCREC',
				Status: 'DRAFT',
				Contact: expect.objectContaining({ ContactID }),
				SubTotal: 120.5,
				Total: 138.58,
				LineItems: [
					expect.objectContaining({
						Description: 'Advice',
						Quantity: 1,
						UnitAmount: 120.5,
						LineAmount: 120.5,
						AccountCode: '200',
						TaxType: 'OUTPUT2',
					}),
				],
			});
		});

		it('create: with a line of which nothing is touched but what n8n wants, and a description', async () => {
			const [{ ContactID }] = (await ask('GET', 'Contacts')) as [XeroRecord];

			const [created] = await run({
				resource: 'invoice',
				operation: 'create',
				type: 'ACCREC',
				contactId: ContactID,
				lineItemsUi: {
					lineItemsValues: [{ ...untouched, description: 'To be priced', taxType: 'NONE' }],
				},
			});

			expect(await one(`Invoices/${String(created!['InvoiceID'])}`)).toMatchObject({
				Status: 'DRAFT',
				Total: 0,
				LineItems: [expect.objectContaining({ Description: 'To be priced' })],
			});
		});

		it('create: with additional fields', async () => {
			const [{ ContactID }] = (await ask('GET', 'Contacts')) as [XeroRecord];

			const [created] = await run({
				resource: 'invoice',
				operation: 'create',
				type: 'ACCREC',
				contactId: ContactID,
				lineItemsUi: {
					lineItemsValues: [
						{
							...untouched,
							description: 'Advice',
							quantity: 2,
							unitAmount: '115',
							accountCode: '200',
							taxType: 'OUTPUT2',
							discountRate: '10',
						},
					],
				},
				additionalFields: {
					date: '2026-11-02T00:00:00',
					dueDate: '2026-11-30T00:00:00',
					invoiceNumber: 'BUILT-IN-1',
					lineAmountType: 'Inclusive',
					reference: 'PO 7',
					status: 'AUTHORISED',
				},
			});

			expect(await one(`Invoices/${String(created!['InvoiceID'])}`)).toMatchObject({
				InvoiceNumber: 'BUILT-IN-1',
				Reference: 'PO 7',
				Status: 'AUTHORISED',
				LineAmountTypes: 'Inclusive',
				DateString: '2026-11-02T00:00:00',
				DueDateString: '2026-11-30T00:00:00',
				Total: 207,
				TotalTax: 27,
			});
		});

		it('get', async () => {
			const { InvoiceID } = await invoice({ Reference: 'To be read' });

			const items = await run({ resource: 'invoice', operation: 'get', invoiceId: InvoiceID });

			expect(items).toEqual([expect.objectContaining({ InvoiceID, Reference: 'To be read' })]);
		});

		it('get many: all that there are', async () => {
			await sandbox.seed(organizationId, { invoices: 230 });

			const items = await run({ resource: 'invoice', operation: 'getAll', limit: 1000 });

			const there = await ask('GET', 'Invoices');
			expect(items.map(({ InvoiceID }) => InvoiceID)).toEqual(
				there.map(({ InvoiceID }) => InvoiceID),
			);
			expect(items.length).toBeGreaterThan(230);
		});

		it('get many: up to the limit, of some statuses', async () => {
			const items = await run({
				resource: 'invoice',
				operation: 'getAll',
				limit: 2,
				options: { statuses: ['DRAFT'], orderBy: 'UpdatedDateUTC', sortOrder: 'DESC' },
			});

			const there = await ask('GET', 'Invoices?Statuses=DRAFT&order=UpdatedDateUTC%20DESC');
			expect(items.map(({ InvoiceID }) => InvoiceID)).toEqual(
				there.slice(0, 2).map(({ InvoiceID }) => InvoiceID),
			);
		});

		it('update: the fields that are given, its lines kept', async () => {
			const { InvoiceID } = await invoice();

			await run({
				resource: 'invoice',
				operation: 'update',
				invoiceId: InvoiceID,
				updateFields: { reference: 'Changed', dueDate: '2026-12-24T00:00:00' },
			});

			expect(await one(`Invoices/${String(InvoiceID)}`)).toMatchObject({
				Reference: 'Changed',
				DueDateString: '2026-12-24T00:00:00',
				LineItems: [expect.objectContaining({ Description: 'Advice', UnitAmount: 100 })],
			});
		});

		it("update: its lines, with the editor's defaults", async () => {
			const { InvoiceID } = await invoice();

			await run({
				resource: 'invoice',
				operation: 'update',
				invoiceId: InvoiceID,
				updateFields: {
					lineItemsUi: {
						lineItemsValues: [
							{
								...untouched,
								lineItemId: '',
								description: 'Other advice',
								unitAmount: '80',
								accountCode: '200',
								taxType: 'OUTPUT2',
							},
						],
					},
				},
			});

			expect(await one(`Invoices/${String(InvoiceID)}`)).toMatchObject({
				SubTotal: 80,
				LineItems: [expect.objectContaining({ Description: 'Other advice', UnitAmount: 80 })],
			});
		});
	});

	/** It asks for its second page without an organisation, which Xero forbids (NangoHQ/nango#203). */
	it.each(['contact', 'invoice'])(
		'fails with Return All, as it does with Xero: %s',
		async (resource) => {
			const execution = await execute({ resource, operation: 'getAll', returnAll: true });

			expect(execution.status).toBe('error');
			expect(execution.error).toContain('Forbidden');
		},
	);

	it('goes on when its access token has expired, with a refreshed one', async () => {
		const { ContactID } = await create('Contacts', { Name: 'After The Refresh' });
		await sandbox.setFaults({ expireTokens: true });

		const items = await run({ resource: 'contact', operation: 'get', contactId: ContactID });

		expect(items).toEqual([expect.objectContaining({ Name: 'After The Refresh' })]);
	});
});
