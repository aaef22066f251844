import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, XERO_NODE, xeroNode, xeroWorkflow } from '../support/xeroWorkflow';

const createContact: INodeParameters = {
	resource: 'contact',
	operation: 'create',
	name: '={{ $json.name }}',
	organisation: { __rl: true, mode: 'id', value: '={{ $json.organisation ?? "" }}' },
};

describe('organisations', () => {
	let xero: ConnectedEngine;
	let tenantIds: string[];

	beforeAll(async () => {
		xero = await connectEngine({ allOrganisations: true });
		tenantIds = (await xero.sandbox.state()).organisations.map(({ tenantId }) => tenantId);
	});
	beforeEach(async () => {
		await xero.sandbox.forgetRequests();
	});
	afterAll(async () => {
		await xero.close();
	});

	it('names the organisations when there is a choice and none was made', async () => {
		const { organisations } = await xero.sandbox.state();

		const execution = await xero.engine.run(xeroWorkflow({ parameters: createContact }), {
			input: itemsOf(1, () => ({ name: 'Nobody' })),
		});

		expect(execution.error?.message).toContain('Choose an organisation');
		for (const { name } of organisations) expect(execution.error?.description).toContain(name);
	});

	it('says that none is connected, and where to connect one', async () => {
		const alone = await connectEngine();
		const connections = await alone.sandbox.call(alone.tokens, '', 'GET', '/connections');
		for (const { id } of (await connections.json()) as Array<{ readonly id: string }>) {
			await alone.sandbox.call(alone.tokens, '', 'DELETE', `/connections/${id}`);
		}

		const { error } = await alone.engine.run(xeroWorkflow({ parameters: createContact }), {
			input: itemsOf(1, () => ({ name: 'Nobody' })),
		});
		await alone.close();

		expect(error).toMatchObject({
			message: expect.stringContaining('No organisation of Xero is connected'),
			description: 'Connect one in the credential.',
		});
	});

	it('groups mixed items by organisation and answers in the order of the input', async () => {
		const input = itemsOf(6, (index) => ({
			name: `Mixed ${index}`,
			organisation: tenantIds[index % 2],
		}));

		const execution = await xero.engine.run(xeroWorkflow({ parameters: createContact }), { input });

		expect(execution.itemsOf(XERO_NODE).map(({ json }) => json['Name'])).toEqual(
			input.map(({ json }) => json['name']),
		);
		expect(await xero.sandbox.requests()).toMatchObject([
			{ method: 'PUT', tenantId: tenantIds[0], elements: 3 },
			{ method: 'PUT', tenantId: tenantIds[1], elements: 3 },
		]);
	});

	describe('of items that are lines of one document', () => {
		const perOrder: INodeParameters = {
			resource: 'invoice',
			operation: 'create',
			organisation: createContact['organisation'],
			contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
			lineItemsMode: 'items',
			lineItemsGroup: 'the same in all books',
			lineItems: { line: [{ description: '={{ $json.what }}', unitAmount: '1' }] },
		};
		const rowsOf = (...organisations: Array<string | undefined>) =>
			itemsOf(organisations.length, (index) => ({
				what: `Row ${index}`,
				organisation: organisations[index],
			}));

		it('keep the books apart, in order of first appearance', async () => {
			const [a, b] = tenantIds;

			const execution = await xero.engine.run(xeroWorkflow({ parameters: perOrder }), {
				input: rowsOf(b, a, b),
			});

			expect(execution.itemsOf(XERO_NODE)).toMatchObject([
				{ json: { LineItems: [{ Description: 'Row 0' }, { Description: 'Row 2' }] } },
				{ json: { LineItems: [{ Description: 'Row 1' }] } },
			]);
			expect(await xero.sandbox.requests()).toMatchObject([{ tenantId: b }, { tenantId: a }]);
		});

		it('fail the whole document where one of them is not known', async () => {
			const execution = await xero.engine.run(
				xeroWorkflow({ parameters: perOrder, onError: 'continueRegularOutput' }),
				{ input: rowsOf(tenantIds[0], undefined) },
			);

			const error = expect.stringContaining('Choose an organisation');
			expect(execution.itemsOf(XERO_NODE)).toMatchObject([
				{ json: { error }, pairedItem: { item: 0 } },
				{ json: { error }, pairedItem: { item: 1 } },
			]);
		});
	});

	it('goes on with the others when one organisation is refused', async () => {
		const refused = '11111111-2222-4333-8444-555555555555';
		const input = itemsOf(4, (index) => ({
			name: `Half ${index}`,
			organisation: index % 2 === 0 ? refused : tenantIds[0],
		}));

		const execution = await xero.engine.run(
			xeroWorkflow({ parameters: createContact, onError: 'continueRegularOutput' }),
			{ input },
		);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{ json: { error: expect.stringContaining(refused) } },
			{ json: { Name: 'Half 1' } },
			{ json: { error: expect.stringContaining(refused) } },
			{ json: { Name: 'Half 3' } },
		]);
	});

	it('lists organisations, and searches contacts page by page, for the pickers', async () => {
		await xero.sandbox.seed(tenantIds[0] ?? '', { contacts: 60 });
		const node = xeroNode({
			authentication: 'oAuth2',
			organisation: { __rl: true, mode: 'list', value: tenantIds[0] ?? '' },
		});

		const organisations = await xero.engine.pick(node, 'searchOrganisations');
		const contacts = await xero.engine.pick(node, 'searchContacts');
		const next = await xero.engine.pick(
			node,
			'searchContacts',
			undefined,
			contacts.paginationToken,
		);
		const [sought] = next.results;
		const found = await xero.engine.pick(node, 'searchContacts', sought?.name);

		expect(organisations.results.map(({ value }) => value).sort()).toEqual([...tenantIds].sort());
		expect(contacts.results).toHaveLength(50);
		expect(next.results.length).toBeGreaterThan(0);
		expect(found.results.map(({ value }) => value)).toContain(sought?.value);
	});

	it.each([
		'searchInvoices',
		'searchAccounts',
		'searchItems',
		'searchTaxRates',
		'searchBrandingThemes',
		'searchCurrencies',
		'searchTrackingOptions',
	])('offers entries with a name and a value: %s', async (method) => {
		const node = xeroNode({
			authentication: 'oAuth2',
			organisation: { __rl: true, mode: 'list', value: tenantIds[0] ?? '' },
		});

		const { results } = await xero.engine.pick(node, method);

		expect(results.length).toBeGreaterThan(0);
		for (const { name, value } of results) {
			expect(`${name} ${value}`).not.toMatch(/undefined|null/);
		}
	});

	it('takes what the tracking, account, item and tax pickers gave', async () => {
		const node = xeroNode({
			authentication: 'oAuth2',
			organisation: { __rl: true, mode: 'list', value: tenantIds[0] ?? '' },
		});
		const [tracking] = (await xero.engine.pick(node, 'searchTrackingOptions')).results;
		const [account] = (await xero.engine.pick(node, 'searchAccounts', '200')).results;
		const picked = (value: unknown) =>
			({ __rl: true, mode: 'list', value: String(value) }) as const;

		const execution = await xero.engine.run(
			xeroWorkflow({
				parameters: {
					resource: 'invoice',
					operation: 'create',
					organisation: picked(tenantIds[0]),
					contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
					lineItems: {
						line: [
							{
								description: 'Tracked',
								unitAmount: '10',
								accountCode: picked(account?.value),
								tracking1: picked(tracking?.value),
							},
						],
					},
				},
			}),
		);

		expect(execution.error).toBeUndefined();
		const [category, option] = String(tracking?.name).split(': ');
		expect(execution.itemsOf(XERO_NODE)[0]?.json['LineItems']).toMatchObject([
			{ AccountCode: '200', Tracking: [{ Name: category, Option: option }] },
		]);
	});
});
