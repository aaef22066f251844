import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import type { PushItemView } from '../../hub-server/protocol';
import type { Execution, WorkflowDefinition } from '../support/n8nEngine';
import { createEngine } from '../support/n8nEngine';
import { repositoryRoot } from '../support/repositoryRoot';
import { startFakeHub, type FakeHub, type HubAnswer, type HubCall } from './support/fakeHub';
import {
	scriptedLinks,
	scriptedPushes,
	startScriptedHub,
	TENANT,
	type ScriptedHub,
	type ScriptedPushes,
} from './hub/hubOfScript';

/** The CRM or the shop: a server with a list and an answer to each write. */
let system: FakeHub;
let lists: Readonly<Record<string, unknown>>;
let hub: ScriptedHub;
let pushes: ScriptedPushes;
let becomes: (externalId: string, entity: string) => Partial<PushItemView>;

beforeEach(async () => {
	lists = {};
	becomes = (externalId) => ({ state: 'synced', xeroId: `xero-${externalId}` });
	system = await startFakeHub(({ method, path, body }) => {
		const { pathname } = new URL(path, 'http://system');
		if (method === 'GET') return { status: 200, body: lists[pathname] ?? [] };
		const id = pathname.split('/')[3] ?? 'new-1';
		const told: unknown = JSON.parse(body === '' ? 'null' : body);
		return { status: 200, body: Array.isArray(told) ? {} : { id, ...(told as object) } };
	});
	pushes = scriptedPushes((externalId, push) => becomes(externalId, push.body.entity));
	const links = scriptedLinks();
	hub = await startScriptedHub((call) => pushes.answer(call) ?? links(call) ?? recordsOfXero(call));
});
afterEach(async () => {
	await hub.close();
	await system.close();
});

/** Lists of Xero's that the workflows read, as they come through the hub. */
function recordsOfXero({ path }: HubCall): HubAnswer | undefined {
	if (path.includes('/TaxRates')) {
		const rate = { Name: 'GST', TaxType: 'OUTPUT2', EffectiveRate: 15, CanApplyToRevenue: true };
		return {
			status: 200,
			body: {
				TaxRates: [
					{ ...rate, Status: 'ACTIVE' },
					{ ...rate, TaxType: 'OLD', Status: 'DELETED' },
				],
			},
		};
	}
	if (!path.includes('/Accounts')) return undefined;
	const account = { Name: 'Sales', Type: 'REVENUE', TaxType: 'OUTPUT2', AccountID: 'a-1' };
	return {
		status: 200,
		body: {
			Accounts: [
				{ ...account, Code: '200', Status: 'ACTIVE' },
				{ ...account, Code: '201', Status: 'ARCHIVED' },
				{ ...account, Status: 'ACTIVE', AccountID: 'a-3' },
			],
		},
	};
}

/** Imports it as a user does, and sets the address of the other system. */
async function run(file: string, startNode: string, input: IDataObject = {}): Promise<Execution> {
	const text = readFileSync(join(repositoryRoot, 'examples', file), 'utf8');
	const set = text.replaceAll(/https:\/\/(?:crm|shop)\.example\.com/g, system.url);
	const engine = await createEngine({
		credentials: { hub: { baseUrl: hub.fake.url, apiKey: 'xhk_test' } },
	});
	return await engine.run(JSON.parse(set) as WorkflowDefinition, {
		startNode,
		input: [{ json: input }],
		mode: 'trigger',
	});
}

const pushed = (entity: string) =>
	pushes.pushes.filter(({ body }) => body.entity === entity).flatMap(({ body }) => body.records);

const written = () =>
	system.calls
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path, body }) => ({ method, path, body: JSON.parse(body) as unknown }));

/** An event as the trigger hands it on. */
const event = (type: string, record: IDataObject, externalId?: string): IDataObject => ({
	type,
	tenant: { id: TENANT, name: 'Books' },
	resource: { id: 'xero-1', entity: type.split('.')[0] },
	links: externalId === undefined ? [] : [{ system: 'crm', externalId }],
	record,
});

describe('crm-customers-and-contacts.json', () => {
	const FILE = 'crm-customers-and-contacts.json';
	const customer = {
		id: 'C-1',
		name: 'Ridgeway University',
		email: 'info@ridgeway.example',
		phone: '04 555 1234',
		updatedAt: '2026-11-30T08:00:00Z',
	};
	const agreed = {
		Name: 'Ridgeway University',
		EmailAddress: 'info@ridgeway.example',
		Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '04 555 1234' }],
	};

	it('pushes customers that changed, all together, with the time of their change', async () => {
		lists = { '/api/customers': [customer, { ...customer, id: 'C-2', phone: null }] };

		const execution = await run(FILE, 'Every 5 minutes');

		expect(execution.error).toBeUndefined();
		expect(pushes.pushes).toHaveLength(1);
		expect(pushes.pushes[0]?.body).toMatchObject({
			system: 'crm',
			entity: 'contact',
			policy: 'latest',
			matchBy: ['EmailAddress'],
		});
		expect(pushed('contact')).toEqual([
			{ externalId: 'C-1', fields: agreed, modifiedAt: '2026-11-30T08:00:00.000Z' },
			expect.objectContaining({
				externalId: 'C-2',
				fields: { ...agreed, Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '' }] },
			}),
		]);
		expect(system.calls[0]?.path).toMatch(/changedSince=\d{4}-/);
	});

	it('puts what could not be pushed aside, with the reason, and the others are done', async () => {
		lists = { '/api/customers': [customer, { ...customer, id: 'C-2' }] };
		becomes = (externalId) =>
			externalId === 'C-2' ? { state: 'conflict', message: 'Both changed it.' } : {};

		const execution = await run(FILE, 'Every 5 minutes');

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf('Customers to look at')).toMatchObject([
			{ json: { id: 'C-2', error: 'Both changed it.' } },
		]);
		expect(execution.itemsOf('To Xero')).toMatchObject([{ json: { externalId: 'C-1' } }]);
	});

	const record = {
		Name: agreed.Name,
		EmailAddress: agreed.EmailAddress,
		Phones: [
			{ PhoneType: 'FAX', PhoneNumber: '1' },
			{ PhoneType: 'DEFAULT', PhoneAreaCode: '04', PhoneNumber: '555 1234' },
		],
	};

	it('changes the customer of a contact, and remembers what the CRM then holds', async () => {
		const execution = await run(
			FILE,
			'When a contact changes',
			event('contact.updated', record, 'C-1'),
		);

		expect(execution.error).toBeUndefined();
		expect(written()).toEqual([
			{
				method: 'PATCH',
				path: '/api/customers/C-1',
				body: { name: agreed.Name, email: agreed.EmailAddress, phone: '04 555 1234' },
			},
		]);
		const [link] = hub.calls('PUT', /links/);
		expect(link?.path).toBe(`/api/v1/links/${TENANT}/crm/contact/C-1`);
		expect(JSON.parse(link?.body ?? '')).toEqual({ xeroId: 'xero-1', fields: agreed });
	});

	it('agrees on exactly what a push of the same customer says, so that nothing echoes', async () => {
		lists = { '/api/customers': [customer] };
		await run(FILE, 'When a contact changes', event('contact.updated', record, 'C-1'));
		await run(FILE, 'Every 5 minutes');

		const { fields } = JSON.parse(hub.calls('PUT', /links/)[0]?.body ?? '') as { fields: object };
		expect(pushed('contact')[0]?.fields).toEqual(fields);
	});

	it('makes a customer of a contact that has none, and links the two', async () => {
		await run(FILE, 'When a contact changes', event('contact.created', { Name: 'New' }));

		expect(written()).toMatchObject([{ method: 'POST', path: '/api/customers' }]);
		expect(hub.calls('PUT', /links/)[0]?.path).toBe(`/api/v1/links/${TENANT}/crm/contact/new-1`);
	});

	it('does not hear of what it wrote itself', () => {
		const text = readFileSync(join(repositoryRoot, 'examples', FILE), 'utf8');
		const { nodes } = JSON.parse(text) as WorkflowDefinition;

		const trigger = nodes.find(({ name }) => name === 'When a contact changes');
		expect(trigger?.parameters['filters']).toEqual({ causedByOthersOnly: true });
	});
});

describe('shop-orders-to-invoices-and-payments.json', () => {
	const FILE = 'shop-orders-to-invoices-and-payments.json';
	const order = (id: string, more: IDataObject = {}) => ({
		id,
		number: `S-${id}`,
		date: '2026-11-30',
		currency: 'NZD',
		customer: { id: 'C-1', name: 'Ada', email: 'ada@example.com' },
		lines: [{ title: 'Tea', quantity: 2, price: 11.5, category: 'food', tax: 'standard' }],
		total: 23,
		paid: false,
		...more,
	});
	const paid = { paid: true, paidOn: '2026-11-30', paymentMethod: 'card' };

	it('makes customers, invoices and payments of orders', async () => {
		lists = { '/api/orders': [order('o-1'), order('o-2', paid)] };

		const execution = await run(FILE, 'Every 10 minutes');

		expect(execution.error).toBeUndefined();
		expect(new Set(pushed('contact').map(({ externalId }) => externalId))).toEqual(
			new Set(['C-1']),
		);
		expect(pushed('invoice')).toMatchObject([
			{
				externalId: 'o-1',
				fields: {
					Status: 'AUTHORISED',
					Contact: { externalId: 'C-1' },
					LineItems: [{ UnitAmount: 11.5, AccountCode: 'food', TaxType: 'standard' }],
					Total: 23,
				},
			},
			{ externalId: 'o-2' },
		]);
		expect(pushed('payment')).toEqual([
			{
				externalId: 'o-2',
				fields: {
					Invoice: { externalId: 'o-2' },
					Account: { Code: 'card' },
					Amount: 23,
					Date: '2026-11-30',
				},
			},
		]);
	});

	it('pays nothing of an order whose invoice could not be made', async () => {
		lists = { '/api/orders': [order('o-1', paid), order('o-2', paid)] };
		becomes = (externalId, entity) =>
			entity === 'invoice' && externalId === 'o-1'
				? { state: 'unmapped', message: 'Account "food" is not mapped.' }
				: {};

		const execution = await run(FILE, 'Every 10 minutes');

		expect(pushed('payment').map(({ externalId }) => externalId)).toEqual(['o-2']);
		expect(execution.itemsOf('Orders to look at')).toMatchObject([
			{ json: { error: 'Account "food" is not mapped.' } },
		]);
	});

	const ofShop = (type: string) => ({
		...event(type, { FullyPaidOnDate: '2026-11-30' }),
		links: [
			{ system: 'crm', externalId: 'X' },
			{ system: 'shop', externalId: 'o/1' },
		],
	});

	it('marks the order of a paid invoice', async () => {
		await run(FILE, 'When an invoice is paid', ofShop('invoice.paid'));

		expect(written()).toEqual([
			{
				method: 'PATCH',
				path: '/api/orders/o%2F1',
				body: { paid: true, paidOn: '2026-11-30' },
			},
		]);
	});

	it.each([
		['that the shop knows nothing of', event('invoice.paid', {})],
		['of which it is not known that it is paid', ofShop('invoice.updated')],
	])('marks nothing for an invoice %s', async (_, told) => {
		const execution = await run(FILE, 'When an invoice is paid', told);

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf('Has an order')).toEqual([]);
		expect(written()).toEqual([]);
	});
});

describe('tax-rates-and-accounts-to-the-crm.json', () => {
	it('sends both lists whole, with what is in use', async () => {
		const execution = await run('tax-rates-and-accounts-to-the-crm.json', 'Every night');

		expect(execution.error).toBeUndefined();
		expect(written()).toEqual([
			{
				method: 'PUT',
				path: '/api/tax-rates',
				body: [{ code: 'OUTPUT2', name: 'GST', rate: 15, forSales: true }],
			},
			{
				method: 'PUT',
				path: '/api/accounts',
				body: [{ code: '200', name: 'Sales', type: 'REVENUE', taxRate: 'OUTPUT2' }],
			},
		]);
	});
});

describe('product-catalogue-to-items.json', () => {
	const FILE = 'product-catalogue-to-items.json';
	const product = {
		...{ id: 7, sku: 'TEA-1', title: 'Tea', price: 11.5, category: 'food', tax: 'standard' },
	};

	it('pushes all products at once, in the shop’s own codes', async () => {
		lists = {
			'/api/products': Array.from({ length: 700 }, (_, id) => ({ ...product, id })),
		};

		const execution = await run(FILE, 'Every hour');

		expect(execution.error).toBeUndefined();
		expect(pushes.pushes.map(({ body }) => body.records.length).sort()).toEqual([200, 500]);
		expect(pushed('item').find(({ externalId }) => externalId === '7')).toEqual({
			externalId: '7',
			fields: {
				Code: 'TEA-1',
				Name: 'Tea',
				Description: 'Tea',
				IsSold: true,
				SalesDetails: { UnitPrice: 11.5, AccountCode: 'food', TaxType: 'standard' },
			},
		});
	});

	it('puts a product aside whose category nobody has mapped', async () => {
		lists = { '/api/products': [product] };
		becomes = () => ({ state: 'unmapped', message: 'Account "food" is not mapped.' });

		const execution = await run(FILE, 'Every hour');

		expect(execution.itemsOf('Products to look at')).toMatchObject([
			{ json: { sku: 'TEA-1', error: 'Account "food" is not mapped.' } },
		]);
	});
});
