import { connectedTestHub, type ConnectedTestHub } from '../../support/connectedTestHub';
import { eventually } from '../../support/eventually';

describe('what automation may write into an organisation', () => {
	let hub: ConnectedTestHub;
	let id: string;
	let tenantId: string;
	beforeAll(async () => {
		hub = await connectedTestHub();
		[{ id, tenantId }] = hub.connections as [(typeof hub.connections)[number]];
	}, 60_000);
	afterAll(() => hub.close());
	afterEach(() => set('all'));

	const set = (writePolicy: string) =>
		fetch(`${hub.t.hub.url}/api/v1/connections/${id}`, {
			method: 'PATCH',
			headers: {
				authorization: `Bearer ${hub.t.adminKey}`,
				...{ 'x-workspace': 'acme', 'content-type': 'application/json' },
			},
			body: JSON.stringify({ writePolicy }),
		});
	const write = (path: string, body: unknown, method = 'POST') =>
		hub.call(method, `/xero/${tenantId}/api.xro/2.0/${path}`, body);
	const document = (Status: string) => ({
		Invoices: [{ Type: 'ACCREC', Contact: { Name: 'Ann' }, Status, LineItems: [] }],
	});

	it('is everything before somebody says otherwise', async () => {
		const { items } = (await hub.call('GET', '/connections')).body;

		expect(items[0].writePolicy).toBe('all');
		expect((await write('Contacts', { Contacts: [{ Name: 'Before' }] })).status).toBe(200);
	});

	it('is for the operator to say, and not for a key that writes', async () => {
		const refused = await hub.call('PATCH', `/connections/${id}`, { writePolicy: 'all' });
		const done = await set('drafts');

		expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
		expect(await done.json()).toMatchObject({ writePolicy: 'drafts' });
	});

	it('nothing: Xero hears of no write, and reads go on', async () => {
		await set('none');
		await hub.sandbox.forgetRequests();

		const refused = await write('Contacts', { Contacts: [{ Name: 'Never' }] });

		expect(refused).toMatchObject({ status: 403, body: { code: 'write_not_allowed' } });
		expect(refused.body.detail).toContain('may write nothing into this organisation');
		expect(await hub.sandbox.requests()).toEqual([]);
		expect((await hub.call('GET', `/xero/${tenantId}/api.xro/2.0/Contacts`)).status).toBe(200);
	});

	it('drafts: those pass, and nothing that a person did not approve', async () => {
		await set('drafts');
		await hub.sandbox.forgetRequests();

		const approved = await write('Invoices', document('AUTHORISED'));
		const paid = await write('Payments', { Payments: [] });
		expect(await hub.sandbox.requests()).toEqual([]);
		const draft = await write('Invoices', document('DRAFT'));

		expect([approved.status, paid.status]).toEqual([403, 403]);
		expect(approved.body.code).toBe('write_not_allowed');
		expect(draft.status).not.toBe(403);
		expect(await hub.sandbox.requests()).toHaveLength(1);
	});

	it('drafts: a body that goes on while it arrives is judged whole', async () => {
		await set('drafts');
		const [invoice] = document('AUTHORISED').Invoices;
		const Reference = 'x'.repeat(200_000);

		const refused = await write('Invoices', { Invoices: [{ Reference, ...invoice }] });

		expect(refused.status).toBe(403);
	});

	describe('holds for pushes', () => {
		const push = (entity: string, fields: object, dryRun = false) =>
			hub.call('POST', '/pushes', {
				...{ tenantId, system: 'crm', entity, codes: 'xero', dryRun },
				records: [{ externalId: `${entity}-1`, fields }],
			});

		it.each([
			['none', 'contact'],
			['drafts', 'item'],
		])('%s: a push of a %s is refused at once', async (policy, entity) => {
			await set(policy);

			const refused = await push(entity, { Name: 'A', Code: 'A' });

			expect(refused).toMatchObject({ status: 403, body: { code: 'write_not_allowed' } });
			expect((await push(entity, { Name: 'A', Code: 'A' }, true)).status).toBeLessThan(300);
		});

		it('drafts: each record is judged, and one that would be approved says why it was not', async () => {
			await set('drafts');
			const fields = {
				...{ Contact: { Name: 'Pushed' }, Status: 'AUTHORISED', Date: '2026-11-02' },
				...{ DueDate: '2026-12-02', LineItems: [{ Description: 'A', UnitAmount: 1, Quantity: 1 }] },
			};
			const { id: pushId } = (await push('invoice', fields)).body;

			const done = await eventually('the push', async () => {
				const { body } = await hub.call('GET', `/pushes/${pushId}`);
				return body.status === 'finished' ? body : undefined;
			});

			expect(done.items[0].xeroId).toBeNull();
			expect(JSON.stringify(done.items[0])).toContain('may only write drafts');
		});

		it('and for taking back what one did', async () => {
			const { id: pushId } = (await push('contact', { Name: 'To be undone' })).body;
			await eventually('the push', async () => {
				const { body } = await hub.call('GET', `/pushes/${pushId}`);
				return body.status === 'finished' ? true : undefined;
			});
			await set('drafts');

			const refused = await hub.call('POST', `/pushes/${pushId}/undo`);

			expect(refused).toMatchObject({ status: 403, body: { code: 'write_not_allowed' } });
		});
	});
});
