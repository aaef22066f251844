import { connectDatabase } from '../../../../hub-server/src/database/openDatabase';
import {
	pushedOrganisation,
	type PushedOrganisation,
	type XeroAnswer,
} from '../pushedOrganisation';

describe('two systems that both change a record', () => {
	let acme: PushedOrganisation;
	beforeAll(async () => {
		acme = await pushedOrganisation();
	}, 60_000);
	afterAll(() => acme.close());

	const contact = async (id: unknown): Promise<XeroAnswer> =>
		(await acme.atXero(`/Contacts/${String(id)}`)).Contacts![0]!;
	const change = (id: unknown, changes: object) =>
		acme.writeToXero('POST', '/Contacts', { Contacts: [{ ContactID: id, ...changes }] });
	const pushOne = async (externalId: string, fields: object, more: object = {}) => {
		const push = await acme.push({ records: [{ externalId, fields: { ...fields } }], ...more });
		return { ...push.items[0]!, push };
	};
	const named = async (name: string) =>
		(
			await acme.atXero(
				`/Contacts?includeArchived=true&where=${encodeURIComponent(`Name=="${name}"`)}`,
			)
		).Contacts ?? [];

	it.each([
		['xero', 'xero@example.com', 'warning'],
		['external', 'crm@example.com', 'synced'],
	])('51: in the same field follow the policy %s', async (policy, expected, state) => {
		const externalId = `51-${policy}`;
		const fields = { Name: `Fifty-one ${policy}`, EmailAddress: 'old@example.com' };
		const { xeroId } = await pushOne(externalId, fields);
		await change(xeroId, { EmailAddress: 'xero@example.com' });

		const item = await pushOne(
			externalId,
			{ ...fields, EmailAddress: 'crm@example.com' },
			{ policy },
		);

		expect(item.state).toBe(state);
		expect((await contact(xeroId))['EmailAddress']).toBe(expected);
		if (state === 'warning') {
			expect(item.message).toContain('EmailAddress');
			expect(item.nextStep).toEqual(expect.any(String));
		}
	});

	it('51: in the same field wait for a person where the policy asks', async () => {
		const fields = { Name: 'Fifty-one ask', EmailAddress: 'old@example.com' };
		const { xeroId } = await pushOne('51-ask', fields);
		await change(xeroId, { EmailAddress: 'xero@example.com' });
		const wanted = { ...fields, EmailAddress: 'crm@example.com' };

		const item = await pushOne('51-ask', wanted, { policy: 'ask' });
		const meanwhile = (await contact(xeroId))['EmailAddress'];
		await acme.call('POST', `/pushes/${item.push.id}/items/51-ask/resolve`, { use: 'external' });
		await acme.finished(item.push.id);

		expect(item.state).toBe('conflict');
		expect(meanwhile).toBe('xero@example.com');
		expect((await contact(xeroId))['EmailAddress']).toBe('crm@example.com');
	});

	it('52: in different fields both keep their change', async () => {
		const fields = { Name: 'Fifty-two', EmailAddress: 'old@example.com', FirstName: 'Ada' };
		const { xeroId } = await pushOne('52', fields);
		await change(xeroId, { FirstName: 'Adele' });

		const item = await pushOne('52', { ...fields, EmailAddress: 'new@example.com' });

		expect(item.state).toMatch(/synced|warning/);
		expect(await contact(xeroId)).toMatchObject({
			...{ EmailAddress: 'new@example.com', FirstName: 'Adele' },
		});
	});

	describe('53: where one changes what the other has taken away', () => {
		it('53: a contact that was archived is not made again', async () => {
			const { xeroId } = await pushOne('53-contact', { Name: 'Fifty-three' });
			await change(xeroId, { ContactStatus: 'ARCHIVED' });

			const item = await pushOne('53-contact', { Name: 'Fifty-three', FirstName: 'New' });

			expect(item).toMatchObject({
				state: 'failed',
				message: expect.stringContaining('archived'),
				nextStep: expect.any(String),
			});
			expect(await named('Fifty-three')).toHaveLength(1);
		});

		it('53: an invoice that was voided is not made again', async () => {
			const fields = {
				...{ Contact: { Name: 'Ridgeway Trading' }, Date: '2026-11-01', DueDate: '2026-11-30' },
				...{ Status: 'AUTHORISED', Reference: 'Fifty-three' },
				LineItems: [{ Description: 'A', Quantity: 1, UnitAmount: 1, AccountCode: '200' }],
			};
			const { xeroId } = await pushOne('53-invoice', fields, { entity: 'invoice' });
			await acme.writeToXero('POST', '/Invoices', {
				Invoices: [{ InvoiceID: xeroId, Status: 'VOIDED' }],
			});

			const changed = { ...fields, DueDate: '2026-12-31' };
			const item = await pushOne('53-invoice', changed, { entity: 'invoice' });

			expect(item).toMatchObject({
				state: 'failed',
				message: expect.stringContaining('voided'),
				nextStep: expect.any(String),
			});
			const where = encodeURIComponent('Reference=="Fifty-three"');
			expect((await acme.atXero(`/Invoices?where=${where}&page=1`)).Invoices).toHaveLength(1);
		});

		it('53: an item that is gone leaves a link that says so', async () => {
			const wish = { entity: 'item' };
			const { xeroId } = await pushOne('53-item', { Code: 'FIFTY-3', Name: 'A' }, wish);
			await fetch(`${acme.sandbox.url}/_sandbox/organisations/${acme.tenantId}/vanish`, {
				method: 'POST',
				body: JSON.stringify({ table: 'items', ids: [xeroId] }),
			});

			const item = await pushOne('53-item', { Code: 'FIFTY-3', Name: 'B' }, wish);
			const link = await acme.call('GET', `/links/${acme.tenantId}/crm/item/53-item`);

			expect(item).toMatchObject({ state: 'failed', nextStep: expect.any(String) });
			if (link.status === 200) expect(link.body.state).toBe('broken');
		});
	});

	it('54: settle after one round where each has its own spelling', async () => {
		const fields = {
			...{ Name: '  Fifty-four   Ltd ', EmailAddress: 'Ada@Example.COM' },
			Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '+64 (0)9 555-0100' }],
			Addresses: [{ AddressType: 'STREET', City: 'Wellington ', Country: 'New Zealand' }],
		};
		const { xeroId } = await pushOne('54', fields);
		const first = await contact(xeroId);

		const same = await pushOne('54', fields);
		await acme.sandbox.forgetRequests();
		// What Xero made of it, as the other system has it after a round through its workflow.
		const spelt = {
			...{ Name: first['Name'], EmailAddress: 'ada@example.com' },
			...{ Phones: fields.Phones, Addresses: fields.Addresses },
		};
		const round = await pushOne('54', spelt);
		const writes = (await acme.sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect([same.state, same.push.calls]).toEqual(['unchanged', 0]);
		expect(round.state).toBe('unchanged');
		expect(writes).toEqual([]);
		expect((await pushOne('54', spelt)).push.calls).toBe(0);
	});

	it('55: a contact that was merged into another says into which, and is not made again', async () => {
		const gone = await pushOne('55-gone', { Name: 'Fifty-five' });
		const into = await pushOne('55-into', { Name: 'Fifty-five and a half' });
		await fetch(`${acme.sandbox.url}/_sandbox/organisations/${acme.tenantId}/merges`, {
			method: 'POST',
			body: JSON.stringify({ from: gone.xeroId, into: into.xeroId }),
		});

		const item = await pushOne('55-gone', { Name: 'Fifty-five', FirstName: 'New' });

		expect(item).toMatchObject({
			state: 'failed',
			message: expect.stringContaining(String(into.xeroId)),
			nextStep: expect.stringMatching(/[Ll]ink/),
		});
		expect(await named('Fifty-five')).toHaveLength(1);
	});

	it('57: a hub that was restored from an old backup finds each record again, whatever it is called since', async () => {
		const records = Array.from({ length: 5 }, (_, index) => ({
			externalId: `57-${index}`,
			fields: { Name: `Fifty-seven ${index}` },
		}));
		const { items } = await acme.push({ records });
		await change(items[0]!.xeroId, { Name: 'Renamed since' });
		const ledger = connectDatabase({ dataDir: acme.portal.hub.dataDir });
		await ledger.db.deleteFrom('links').where('external_id', 'like', '57-%').execute();
		await ledger.close();

		const again = await acme.push({ records });

		expect(again.items.map(({ xeroId }) => xeroId)).toEqual(items.map(({ xeroId }) => xeroId));
		// Which of both names counts, nobody but a person can say: what was agreed before is not known any more.
		expect(again.items[0]).toMatchObject({
			state: 'conflict',
			message: expect.stringContaining('Name'),
		});
		for (const { state } of again.items.slice(1)) expect(state).toBe('synced');
		const all = (await acme.atXero('/Contacts?page=1&pageSize=1000')).Contacts ?? [];
		const numbers = all.map((one) => String(one['ContactNumber']));
		expect(numbers.filter((number) => number.startsWith('crm:57-'))).toHaveLength(5);
	});
});
