import type { INodeParameters } from 'n8n-workflow';

import type { ResolveBody, ResolvedValueView, WantedValueBody } from '../../../hub-server/protocol';
import type { HubAnswer, HubCall } from '../support/fakeHub';
import { itemsOf, pairedItems, XERO_NODE } from '../support/xeroWorkflow';
import { problem, startScriptedHub, TENANT, type ScriptedHub } from './hubOfScript';

const CONTACT_ID = '717f2bfc-c6d4-41fd-b238-3f2f0c0cf777';
const ACCOUNT_ID = '5690f1e8-1d02-4893-90c2-ee1a69eff942';

/** What the mapping page says, by kind, key and direction. */
const MAPPED: Readonly<Record<string, ResolvedValueView['value']>> = {
	'account food': '200',
	'tax_rate VAT20 sales': 'OUTPUT2',
	'tax_rate VAT20 purchases': 'INPUT2',
	'item tea': 'TEA-1',
	'tracking EMEA': { category: 'Region', option: 'North' },
	'tracking Team: Blue': { category: 'Region', option: 'South' },
	'payment_account till': ACCOUNT_ID,
	'contact C-1': CONTACT_ID,
};

interface Xero {
	readonly method: string;
	readonly path: string;
	readonly body: Record<string, Record<string, unknown>[]>;
}

let hub: ScriptedHub;
let asked: Array<{ readonly path: string; readonly body: ResolveBody }>;
let answerOf: (value: WantedValueBody) => ResolvedValueView;

const mapped = ({ kind, key, direction }: WantedValueBody): ResolvedValueView => {
	const value =
		MAPPED[[kind, key, direction].filter(Boolean).join(' ')] ?? MAPPED[`${kind} ${key}`];
	return value === undefined ? { state: 'unmapped' } : { state: 'ok', value };
};

function answer(call: HubCall): HubAnswer | undefined {
	if (call.path.endsWith('/resolve')) {
		const body = JSON.parse(call.body) as ResolveBody;
		asked.push({ path: call.path, body });
		return { status: 200, body: { values: body.values.map(answerOf) } };
	}
	if (!call.path.startsWith('/api/v1/xero/')) return undefined;
	if (call.method === 'GET')
		return { status: 200, body: { Invoices: [], Contacts: [], Items: [] } };
	const [[name = '', records = []] = []] = Object.entries(JSON.parse(call.body) as Xero['body']);
	const saved = records.map((record, index) => ({
		...{ InvoiceID: `i-${index}`, ContactID: `c-${index}`, PaymentID: `p-${index}` },
		...{ ItemID: `t-${index}` },
		...record,
	}));
	return { status: 200, body: { [name]: saved } };
}

beforeEach(async () => {
	asked = [];
	answerOf = mapped;
	hub = await startScriptedHub(answer);
});
afterEach(async () => {
	await hub.close();
});

const sent = () =>
	hub.fake.calls
		.filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/v1/xero/'))
		.map(({ body }) => Object.values(JSON.parse(body) as Xero['body'])[0]);

const map = { writeOptions: { mapValues: true, mappingSystem: 'crm' } };

const invoice: INodeParameters = {
	resource: 'invoice',
	operation: 'create',
	type: '={{ $json.type ?? "ACCREC" }}',
	contact: { __rl: true, mode: 'externalId', value: '={{ $json.customer ?? "C-1" }}' },
	lineItemsMode: 'json',
	lineItemsJson: '={{ $json.lines }}',
	...map,
};

const line = (more: object = {}) => ({
	Description: 'Tea',
	UnitAmount: '4.5000',
	AccountCode: 'food',
	TaxType: 'VAT20',
	ItemCode: 'tea',
	Tracking: ['EMEA'],
	...more,
});

it('values of an invoice are looked up once for all items, and Xero gets its own', async () => {
	const run = await hub.run(
		{ parameters: invoice },
		itemsOf(60, () => ({ lines: [line(), line({ Tracking: 'Team: Blue' })] })),
	);

	expect(run.error).toBeUndefined();
	expect(asked).toHaveLength(1);
	expect(asked[0]).toMatchObject({
		path: `/api/v1/mappings/${TENANT}/resolve`,
		body: { system: 'crm' },
	});
	expect(asked[0]?.body.values[0]?.where).toBe('Xero, row 60, item index 59, line 2');
	expect(asked[0]?.body.values.map(({ kind, key }) => `${kind} ${key}`).sort()).toEqual([
		...['account food', 'contact C-1', 'item tea', 'tax_rate VAT20'],
		...['tracking EMEA', 'tracking Team: Blue'],
	]);
	expect(sent().flat()).toHaveLength(60);
	expect(sent()[0]?.[0]).toMatchObject({
		Contact: { ContactID: CONTACT_ID },
		LineItems: [
			{
				AccountCode: '200',
				TaxType: 'OUTPUT2',
				ItemCode: 'TEA-1',
				Tracking: [{ Name: 'Region', Option: 'North' }],
			},
			{ Tracking: [{ Name: 'Region', Option: 'South' }] },
		],
	});
});

it('amounts stay digit for digit beside mapped values', async () => {
	await hub.run({ parameters: invoice }, [{ json: { lines: [line()] } }]);

	const [write] = hub.calls('PUT', /Invoices/);
	expect(write?.body).toContain('"UnitAmount":4.5000');
});

it('a tax rate is looked up for the side that the document is of', async () => {
	await hub.run({ parameters: invoice }, [
		{ json: { lines: [line()], type: 'ACCREC' } },
		{ json: { lines: [line()], type: 'ACCPAY' } },
	]);

	const taxes = sent()
		.flat()
		.map((record) => (record as { LineItems: { TaxType: string }[] }).LineItems[0]?.TaxType);
	expect(taxes).toEqual(['OUTPUT2', 'INPUT2']);
});

it('what is not mapped is named exactly, before anything is asked of Xero', async () => {
	const run = await hub.run({ parameters: invoice }, [
		{ json: { lines: [line()] } },
		{
			json: {
				customer: 'C-9',
				lines: [line(), line({ AccountCode: 'cups' }), line({ AccountCode: 'cups' })],
			},
		},
	]);

	expect(run.error?.message).toBe(
		'Not mapped for crm: account "cups" (line 2, line 3); contact "C-9" [row 2, item index 1]',
	);
	expect(run.error?.description).toContain(`${hub.fake.url}/w/acme/mapping?organisation=${TENANT}`);
	expect(hub.fake.calls.filter(({ path }) => path.startsWith('/api/v1/xero/'))).toEqual([]);
});

it('what is not mapped fails its own item; the others go to Xero together', async () => {
	const run = await hub.run({ parameters: invoice, onError: 'continueRegularOutput' }, [
		{ json: { lines: [line()] } },
		{ json: { lines: [line({ AccountCode: 'cups' })] } },
		{ json: { lines: [line()] } },
	]);

	const items = run.itemsOf(XERO_NODE);
	expect(items.map(({ json }) => json.error)).toEqual([
		undefined,
		'Not mapped for crm: account "cups" (line 1)',
		undefined,
	]);
	expect(pairedItems(items)).toEqual([0, 1, 2]);
	expect(sent()).toHaveLength(1);
});

it('what Xero does not take any more is said with its reason', async () => {
	answerOf = (value) =>
		value.kind === 'account'
			? { state: 'broken', reason: 'Account 200 is archived. Choose another one.' }
			: mapped(value);

	const run = await hub.run({ parameters: invoice }, [{ json: { lines: [line()] } }]);

	expect(run.error?.message).toContain(
		'account "food" (line 1): Account 200 is archived. Choose another one.',
	);
});

it('an archived value is not sent where the hub says "ok" without one', async () => {
	answerOf = () => ({ state: 'ok' });

	const run = await hub.run({ parameters: invoice }, [{ json: { lines: [line()] } }]);

	expect(run.error?.message).toContain('account "food"');
	expect(sent()).toEqual([]);
});

it('the account of a payment is looked up among payment accounts', async () => {
	await hub.run(
		{
			parameters: {
				resource: 'payment',
				operation: 'create',
				paymentFor: 'invoice',
				invoice: { __rl: true, mode: 'id', value: '243216c5-369e-4056-ac67-05388f86dc81' },
				account: { __rl: true, mode: 'code', value: 'till' },
				amount: '9.90',
				...map,
			},
		},
		[{ json: {} }],
	);

	expect(sent()[0]).toMatchObject([{ Account: { AccountID: ACCOUNT_ID } }]);
});

it('what a contact starts with is looked up for its side', async () => {
	await hub.run(
		{
			parameters: {
				resource: 'contact',
				operation: 'create',
				name: 'Ridgeway',
				additionalFields: {
					salesDefaultAccountCode: { __rl: true, mode: 'id', value: 'food' },
					accountsReceivableTaxType: { __rl: true, mode: 'id', value: 'VAT20' },
					accountsPayableTaxType: { __rl: true, mode: 'id', value: 'VAT20' },
				},
				...map,
			},
		},
		[{ json: {} }],
	);

	expect(sent()[0]).toMatchObject([
		{
			SalesDefaultAccountCode: '200',
			AccountsReceivableTaxType: 'OUTPUT2',
			AccountsPayableTaxType: 'INPUT2',
		},
	]);
});

it('what an item sells and is bought on is looked up for its side', async () => {
	const details = { details: { taxType: { __rl: true, mode: 'id', value: 'VAT20' } } };

	await hub.run(
		{
			parameters: {
				resource: 'item',
				operation: 'upsert',
				code: 'TEA-1',
				additionalFields: { salesDetails: details, purchaseDetails: details },
				...map,
			},
		},
		[{ json: {} }],
	);

	expect(sent()[0]).toMatchObject([
		{ SalesDetails: { TaxType: 'OUTPUT2' }, PurchaseDetails: { TaxType: 'INPUT2' } },
	]);
});

it('values go as they are where the option is off', async () => {
	await hub.run(
		{
			parameters: {
				...invoice,
				contact: { __rl: true, mode: 'name', value: 'Ridgeway' },
				writeOptions: {},
			},
		},
		[{ json: { lines: [line({ Tracking: ['Region: North'] })] } }],
	);

	expect(asked).toEqual([]);
	expect(sent()[0]).toMatchObject([{ LineItems: [{ AccountCode: 'food', TaxType: 'VAT20' }] }]);
});

it('a contact by its ID in another system needs the option', async () => {
	const run = await hub.run({ parameters: { ...invoice, writeOptions: {} } }, [
		{ json: { lines: [line({ Tracking: ['Region: North'] })] } },
	]);

	expect(run.error?.message).toContain('which only the hub knows');
	expect(run.error?.description).toContain('Map Values With the Hub');
});

it('mappings of any system count where none is named', async () => {
	await hub.run({ parameters: { ...invoice, writeOptions: { mapValues: true } } }, [
		{ json: { lines: [line()] } },
	]);

	expect(asked[0]?.body.system).toBe('*');
});

it('lines of several items are mapped as one document', async () => {
	await hub.run(
		{
			parameters: {
				...invoice,
				lineItemsMode: 'items',
				lineItemsGroup: 'one',
				lineItems: {
					line: [
						{
							description: 'Tea',
							accountCode: { __rl: true, mode: 'id', value: '={{ $json.code }}' },
						},
					],
				},
			},
		},
		[{ json: { code: 'food' } }, { json: { code: 'food' } }],
	);

	expect(sent()[0]).toMatchObject([
		{ LineItems: [{ AccountCode: '200' }, { AccountCode: '200' }] },
	]);
});

it('without a hub the node says why it cannot map', async () => {
	const run = await hub.run(
		{
			parameters: {
				...invoice,
				authentication: 'oAuth2',
				organisation: { __rl: true, mode: 'id', value: TENANT },
			},
		},
		[{ json: { lines: [line()] } }],
	);

	expect(run.error?.message).toContain('Map Values With the Hub needs a hub');
});

it('a hub that cannot be asked fails the items, and Xero gets nothing', async () => {
	await hub.close();
	hub = await startScriptedHub((call) =>
		call.path.endsWith('/resolve')
			? problem(403, 'scope_missing', 'The key may not.')
			: answer(call),
	);

	const run = await hub.run({ parameters: invoice }, [{ json: { lines: [line()] } }]);

	expect(run.error?.message).toContain('The key may not.');
	expect(sent()).toEqual([]);
});
