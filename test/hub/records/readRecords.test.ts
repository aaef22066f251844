import { randomUUID } from 'node:crypto';
import { startXeroSide, type XeroSide } from '../connect/xeroSide';

describe('reading the records of events', () => {
	let hub: XeroSide;
	let tenantId: string;
	beforeEach(async () => {
		hub = await startXeroSide('sqlite');
		({ tenantId } = await hub.connect());
		await hub.sandbox.forgetRequests();
	});
	afterEach(() => hub.close());

	const read = (category: string, ids: readonly string[], tenant = tenantId) =>
		hub.readRecords({ workspaceId: hub.workspace.id, tenantId: tenant, category, ids });
	/** The first `count` ids of a collection. */
	async function idsOf(collection: 'Invoices' | 'Contacts', count: number): Promise<string[]> {
		const answer = await fetch(
			`${hub.url}/xero/${tenantId}/api.xro/2.0/${collection}?page=1&pageSize=${count}`,
			{ headers: { accept: 'application/json' } },
		);
		const body = (await answer.json()) as Record<string, Record<string, string>[]>;
		const ids = body[collection]!.map((record) => record[`${collection.slice(0, -1)}ID`]!);
		await hub.sandbox.forgetRequests();
		return ids;
	}

	it('brings whole invoices, line items included, under their ids in lower case', async () => {
		const ids = await idsOf('Invoices', 3);

		const result = await read(
			'INVOICE',
			ids.map((id) => id.toUpperCase()),
		);

		expect(result.kind).toBe('read');
		const records = 'records' in result ? result.records : new Map();
		expect([...records.keys()].sort()).toEqual([...ids].sort());
		for (const record of records.values()) {
			expect((record as { LineItems: unknown[] }).LineItems.length).toBeGreaterThan(0);
		}
	});

	it.each([
		['INVOICE', 'Invoices', 'InvoiceID', 'ACCREC'],
		['CREDITNOTE', 'CreditNotes', 'CreditNoteID', 'ACCRECCREDIT'],
	])('keeps four decimals of the unit amounts of a %s', async (category, list, idField, Type) => {
		const answer = await fetch(`${hub.url}/xero/${tenantId}/api.xro/2.0/${list}?unitdp=4`, {
			method: 'PUT',
			headers: { accept: 'application/json', 'content-type': 'application/json' },
			body: JSON.stringify({
				[list]: [
					{
						Type,
						Contact: { Name: 'Buyer of small things' },
						Date: '2026-01-31',
						LineItems: [{ Description: 'Screws', Quantity: 1000, UnitAmount: 0.0325 }],
					},
				],
			}),
		});
		const written = (await answer.json()) as Record<string, Record<string, string>[]>;
		const id = written[list]?.[0]?.[idField] ?? '';

		const result = await read(category, [id]);

		expect('records' in result && result.records.get(id)).toMatchObject({
			LineItems: [{ UnitAmount: 0.0325 }],
		});
	});

	it('asks for invoices that are deleted or void in the same words as their list', async () => {
		await read('INVOICE', [randomUUID()]);

		const [call] = await hub.sandbox.requests();
		expect(call!.query).toMatchObject({ includeArchived: 'true', unitdp: '4' });
	});

	it('asks for 40 at a time', async () => {
		await hub.sandbox.seed(tenantId, { contacts: 100 });
		const ids = await idsOf('Contacts', 90);

		const result = await read('CONTACT', ids);

		expect('records' in result && result.records.size).toBe(90);
		const calls = await hub.sandbox.requests();
		expect(calls.map(({ query }) => query['IDs']!.split(',').length)).toEqual([40, 40, 10]);
		expect(calls[0]!.query).toMatchObject({ page: '1', pageSize: '40', includeArchived: 'true' });
	});

	it('brings an archived contact', async () => {
		const [id = ''] = await idsOf('Contacts', 1);
		await fetch(`${hub.url}/xero/${tenantId}/api.xro/2.0/Contacts`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ Contacts: [{ ContactID: id, ContactStatus: 'ARCHIVED' }] }),
		});

		const result = await read('CONTACT', [id]);

		expect('records' in result && result.records.get(id)).toMatchObject({
			ContactStatus: 'ARCHIVED',
		});
	});

	it('leaves out what Xero does not know, and asks for nothing that is no id', async () => {
		const [id = ''] = await idsOf('Invoices', 1);

		const result = await read('INVOICE', [id, randomUUID(), '../../connections', 'a,b&page=9']);

		expect('records' in result && [...result.records.keys()]).toEqual([id]);
		expect((await hub.sandbox.requests())[0]!.query['IDs']!.split(',')).toHaveLength(2);
	});

	it.each([
		['CREDITNOTE', 'CreditNotes'],
		['PAYMENT', 'Payments'],
		['PREPAYMENT', 'Prepayments'],
		['OVERPAYMENT', 'Overpayments'],
	])('asks for a %s by its own address', async (category, collection) => {
		const ids = [randomUUID(), randomUUID()];
		await hub.sandbox.setFaults({
			status: { path: `/${collection}/`, times: 2, status: 404 },
		});

		expect(await read(category, ids)).toEqual({ kind: 'read', records: new Map() });

		expect((await hub.sandbox.requests()).map(({ path }) => path)).toEqual(
			ids.map((id) => `/api.xro/2.0/${collection}/${id}`),
		);
	});

	it('waits as long as Xero asks when a limit is used up, and keeps what it has', async () => {
		await hub.sandbox.seed(tenantId, { contacts: 100 });
		const ids = await idsOf('Contacts', 80);
		await hub.sandbox.setLimits({ minute: 1 });

		const result = await read('CONTACT', ids);

		expect(result).toMatchObject({
			kind: 'retry',
			reason: expect.stringContaining('minute limit'),
		});
		expect('afterMs' in result && result.afterMs).toBeGreaterThan(0);
		expect('records' in result && result.records.size).toBe(40);
	});

	it.each([500, 503])('tries later after a %i', async (status) => {
		await hub.sandbox.setFaults({ status: { path: '/Invoices', status } });

		expect(await read('INVOICE', [randomUUID()])).toMatchObject({ kind: 'retry', afterMs: 5_000 });
	});

	it('tries later after a page of HTML or a broken connection', async () => {
		await hub.sandbox.setFaults({ htmlError: { path: '/Invoices', status: 502 } });
		expect(await read('INVOICE', [randomUUID()])).toMatchObject({ kind: 'retry' });

		await hub.sandbox.setFaults({ dropAfterCommit: { path: '/Invoices' } });
		expect(await read('INVOICE', [randomUUID()])).toMatchObject({ kind: 'retry' });
	});

	it('gives up with the reason where no retry helps', async () => {
		const id = randomUUID();
		const { id: connectionId } = (await hub.connections.findTenant(hub.workspace.id, tenantId))!;

		expect(await read('SUBSCRIPTION', [id])).toMatchObject({
			kind: 'impossible',
			reason: expect.stringContaining('SUBSCRIPTION'),
		});
		expect(await read('INVOICE', [id], randomUUID())).toMatchObject({
			kind: 'impossible',
			reason: expect.stringContaining('not connected'),
		});

		await hub.sandbox.setFaults({ disconnectTenant: tenantId });
		expect(await read('INVOICE', [id])).toMatchObject({
			kind: 'impossible',
			reason: expect.stringContaining('403'),
		});

		await hub.connections.setEnabled(hub.workspace.id, connectionId, false);
		expect(await read('INVOICE', [id])).toMatchObject({
			kind: 'impossible',
			reason: expect.stringContaining('disabled'),
		});
	});

	it('gives up where the token lacks the scope or the consent has ended', async () => {
		await hub.sandbox.setFaults({
			status: {
				path: '/Invoices',
				status: 401,
				body: '{"Detail":"AuthorizationUnsuccessful"}',
			},
		});
		expect(await read('INVOICE', [randomUUID()])).toMatchObject({
			kind: 'impossible',
			reason: expect.stringContaining('AuthorizationUnsuccessful'),
		});

		await hub.db.updateTable('grants').set({ status: 'reauth_required', expires_at: 0 }).execute();
		expect(await read('INVOICE', [randomUUID()])).toMatchObject({
			kind: 'impossible',
			reason: expect.stringContaining('/w/acme/organisations'),
		});
	});
});
