import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	pushedOrganisation,
	type PushedOrganisation,
	type XeroAnswer,
} from '../../hub/push/pushedOrganisation';
import { createEngine, type Engine, type Execution } from '../../support/n8nEngine';
import type { WorkflowDefinition } from '../../support/n8nEngine';
import { repositoryRoot } from '../../support/repositoryRoot';
import { startFakeHub, type FakeHub } from '../support/fakeHub';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

/** The node, the hub and Xero's stand-in together: what each believes of the others is held against them. */
let t: PushedOrganisation;
let engine: Engine;

beforeAll(async () => {
	t = await pushedOrganisation();
	engine = await createEngine({
		credentials: { hub: { baseUrl: t.portal.hub.hub.url, apiKey: t.apiKey } },
	});
}, 120_000);
afterAll(async () => {
	await t.close();
});

const run = async (parameters: INodeParameters, input: IDataObject[]): Promise<Execution> =>
	await engine.run(xeroWorkflow({ parameters: { authentication: 'hub', ...parameters } }), {
		input: input.map((json) => ({ json })),
	});

const statesOf = (execution: Execution) =>
	execution.itemsOf(XERO_NODE).map(({ json }) => json.state ?? json.error);

const writesToXero = async () =>
	(await t.sandbox.requests()).filter(
		({ method, path }) => method !== 'GET' && path.startsWith('/api.xro/'),
	);

async function contactsNamed(name: string): Promise<readonly XeroAnswer[]> {
	const { Contacts = [] } = await t.atXero(
		`/Contacts?where=${encodeURIComponent(`Name=="${name}"`)}`,
	);
	return Contacts;
}

async function map(kind: string, key: string, value: unknown): Promise<void> {
	const { status, body } = await t.call(
		'PUT',
		`/mappings/${t.tenantId}/${kind}/${encodeURIComponent(key)}`,
		{ value, system: 'shop' },
	);
	if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
}

describe('a push', () => {
	const push: INodeParameters = {
		resource: 'contact',
		operation: 'push',
		system: 'crm',
		externalId: '={{ $json.id }}',
		fieldsFrom: 'json',
	};

	it('makes records of the other system, and knows them again without a write', async () => {
		const input = Array.from({ length: 60 }, (_, index) => ({
			id: `push-${index}`,
			Name: `Pushed ${index}`,
		}));

		const first = await run(push, input);
		await t.sandbox.forgetRequests();
		const again = await run(push, input);

		expect(first.error).toBeUndefined();
		expect(new Set(statesOf(first))).toEqual(new Set(['synced']));
		expect(new Set(statesOf(again))).toEqual(new Set(['unchanged']));
		expect(await writesToXero()).toEqual([]);
		expect(await contactsNamed('Pushed 59')).toHaveLength(1);
	});

	it('finds the link that a workflow has set, and removes what it set', async () => {
		const { Contacts = [] } = await t.writeToXero('PUT', '/Contacts', {
			Contacts: [{ Name: 'Linked by hand' }],
		});
		const [contact] = Contacts;
		const name = {
			resource: 'link',
			system: 'crm',
			entity: 'contact',
			externalId: 'by-hand',
		};

		const set = await run(
			{
				...name,
				operation: 'set',
				xeroId: String(contact?.['ContactID']),
				fields: '={{ { Name: "Linked by hand" } }}',
			},
			[{}],
		);
		const pushed = await run(push, [{ id: 'by-hand', Name: 'Renamed by the CRM' }]);
		const listed = await run(
			{ resource: 'link', operation: 'getAll', filters: { search: 'by-ha' } },
			[{}],
		);
		const removed = await run({ ...name, operation: 'remove' }, [{}]);
		const again = await run({ ...name, operation: 'remove' }, [{}]);
		const gone = await run({ ...name, operation: 'get' }, [{}]);

		expect(set.itemsOf(XERO_NODE)[0]?.json).toMatchObject({ state: 'linked' });
		expect(pushed.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
			state: 'synced',
			xeroId: contact?.['ContactID'],
		});
		expect(listed.itemsOf(XERO_NODE)).toMatchObject([{ json: { externalId: 'by-hand' } }]);
		expect(removed.itemsOf(XERO_NODE)[0]?.json).toEqual({ removed: true });
		expect(again.itemsOf(XERO_NODE)[0]?.json).toEqual({ removed: false });
		expect(gone.error?.message).toMatch(/link/i);
	});
});

it('values are mapped with the hub, and what is not is remembered there', async () => {
	await map('account', 'food', '200');
	const parameters: INodeParameters = {
		resource: 'invoice',
		operation: 'create',
		type: 'ACCREC',
		contact: { __rl: true, mode: 'name', value: 'Mapped customer' },
		lineItemsMode: 'json',
		lineItemsJson: '={{ [{ Description: "Tea", UnitAmount: "5", AccountCode: $json.account }] }}',
		writeOptions: { mapValues: true, mappingSystem: 'shop' },
	};

	const good = await run(parameters, [{ account: 'food' }]);
	await t.sandbox.forgetRequests();
	const bad = await run(parameters, [{ account: 'food' }, { account: 'cups' }]);

	expect(good.itemsOf(XERO_NODE)[0]?.json).toMatchObject({ LineItems: [{ AccountCode: '200' }] });
	expect(bad.error?.message).toContain('Not mapped for shop: account "cups" (line 1)');
	expect(await writesToXero()).toEqual([]);
	const { body } = await t.call('GET', `/mappings/${t.tenantId}/unmapped`);
	expect(body.items).toMatchObject([{ kind: 'account', key: 'cups' }]);
});

describe('workflows with another system', () => {
	let system: FakeHub;
	let lists: Record<string, IDataObject[]>;

	beforeEach(async () => {
		lists = {};
		system = await startFakeHub(({ method, path, body }) => {
			const { pathname } = new URL(path, 'http://system');
			if (method === 'GET') return { status: 200, body: lists[pathname] ?? [] };
			const id = pathname.split('/')[3] ?? 'made';
			return { status: 200, body: { id, ...(JSON.parse(body) as object) } };
		});
	});
	afterEach(async () => {
		await system.close();
	});

	async function start(file: string, startNode: string, input: IDataObject = {}) {
		const text = readFileSync(join(repositoryRoot, 'examples', file), 'utf8');
		const set = text.replaceAll(/https:\/\/(?:crm|shop)\.example\.com/g, system.url);
		const execution = await engine.run(JSON.parse(set) as WorkflowDefinition, {
			startNode,
			input: [{ json: input }],
			mode: 'trigger',
		});
		expect(execution.error).toBeUndefined();
		return execution;
	}

	it('a customer goes to Xero, a change comes back, and nothing echoes', async () => {
		const FILE = 'crm-customers-and-contacts.json';
		const customer = {
			...{ id: 'ways-1', name: 'Both Ways Ltd', email: 'both@ways.example' },
			...{ phone: '555 1234', updatedAt: new Date().toISOString() },
		};
		lists['/api/customers'] = [customer];
		const made = await start(FILE, 'Every 5 minutes');
		const [contact] = await contactsNamed(customer.name);
		const id = String(contact?.['ContactID']);

		await t.writeToXero('POST', '/Contacts', {
			Contacts: [{ ContactID: id, EmailAddress: 'new@ways.example' }],
		});
		const { Contacts: [record] = [] } = await t.atXero(`/Contacts/${id}`);
		const links = await t.call('GET', `/links?xeroId=${id}`);
		await start(FILE, 'When a contact changes', {
			type: 'contact.updated',
			tenant: { id: t.tenantId },
			resource: { id, entity: 'contact' },
			links: links.body.items as IDataObject[],
			record: record as IDataObject,
		});
		const patch = system.calls.find(({ method }) => method === 'PATCH');
		lists['/api/customers'] = [
			{ ...customer, ...(JSON.parse(patch?.body ?? '{}') as IDataObject) },
		];
		await t.sandbox.forgetRequests();
		const again = await start(FILE, 'Every 5 minutes');

		expect(made.itemsOf('To Xero')).toMatchObject([{ json: { state: 'synced', xeroId: id } }]);
		expect(patch).toMatchObject({ path: '/api/customers/ways-1' });
		expect(JSON.parse(patch?.body ?? '{}')).toMatchObject({ email: 'new@ways.example' });
		expect(again.itemsOf('To Xero')).toMatchObject([{ json: { state: 'unchanged' } }]);
		expect(await writesToXero()).toEqual([]);
	}, 60_000);

	it('an order waits until its codes are mapped; then it is an invoice, paid', async () => {
		const FILE = 'shop-orders-to-invoices-and-payments.json';
		const { Accounts = [] } = await t.atXero('/Accounts');
		const bank = Accounts.find(({ Type }) => Type === 'BANK');
		lists['/api/orders'] = [
			{
				...{ id: 'o-1', number: 'S-1', date: '2026-11-30', currency: 'NZD', total: 23 },
				customer: { id: 'c-1', name: 'Ada of the shop', email: 'ada@shop.example' },
				lines: [{ title: 'Tea', quantity: 2, price: 11.5, category: 'tea', tax: 'standard' }],
				...{ paid: true, paidOn: '2026-11-30', paymentMethod: 'card' },
			},
		];

		const unmapped = await start(FILE, 'Every 10 minutes');
		await map('account', 'tea', '200');
		await map('tax_rate', 'standard', 'OUTPUT2');
		await map('payment_account', 'card', bank?.['AccountID']);
		const mapped = await start(FILE, 'Every 10 minutes');
		await t.sandbox.forgetRequests();
		const again = await start(FILE, 'Every 10 minutes');

		expect(unmapped.itemsOf('Orders to look at')).toMatchObject([
			{ json: { error: expect.stringContaining('tea') } },
		]);
		expect(mapped.itemsOf('Orders to look at')).toEqual([]);
		expect(mapped.itemsOf('Payment')).toMatchObject([{ json: { state: 'synced' } }]);
		const { Invoices = [] } = await t.atXero('/Invoices?InvoiceNumbers=S-1');
		expect(Invoices).toMatchObject([{ Status: 'PAID', Total: 23, AmountDue: 0 }]);
		expect(again.itemsOf('Payment')).toMatchObject([{ json: { state: 'unchanged' } }]);
		expect(await writesToXero()).toEqual([]);
	}, 60_000);

	it('products become items, and a new price changes one', async () => {
		const FILE = 'product-catalogue-to-items.json';
		await map('account', 'tea', '200');
		await map('tax_rate', 'standard', 'OUTPUT2');
		const product = {
			...{ id: 7, sku: 'SHOP-TEA', title: 'Tea', price: 11.5, category: 'tea', tax: 'standard' },
		};
		lists['/api/products'] = [product];

		const made = await start(FILE, 'Every hour');
		lists['/api/products'] = [{ ...product, price: 12 }];
		const changed = await start(FILE, 'Every hour');

		expect(made.itemsOf('Items')).toMatchObject([{ json: { state: 'synced' } }]);
		expect(changed.itemsOf('Items')).toMatchObject([{ json: { state: 'synced' } }]);
		const { Items = [] } = await t.atXero('/Items/SHOP-TEA');
		expect(Items).toMatchObject([{ SalesDetails: { UnitPrice: 12, AccountCode: '200' } }]);
	}, 60_000);
});
