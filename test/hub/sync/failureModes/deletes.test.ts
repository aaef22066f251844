import {
	syncedOrganisation,
	type SyncedOrganisation,
	type XeroElement,
} from './syncedOrganisation';

const line = { Description: 'Tea', Quantity: 1, UnitAmount: 10, AccountCode: '200' };
const invoice = (Status: string) => ({
	Type: 'ACCREC',
	Status,
	Contact: { Name: 'Buys tea' },
	Date: '2026-11-02',
	DueDate: '2026-12-02',
	LineItems: [line],
});

describe('what goes away', () => {
	let o: SyncedOrganisation;
	beforeAll(async () => {
		o = await syncedOrganisation({ entities: ['tracking_category', 'bank_transfer'] });
	}, 180_000);
	afterAll(() => o.close());

	const made = async (path: string, member: string, record: unknown): Promise<XeroElement> => {
		const [element] = await o.atXero('PUT', path, { [path.slice(1)]: [record] });
		return { ...element, id: element![member] };
	};
	const types = (id: unknown) => o.told(String(id)).map((told) => told.types);

	it('21: is a draft that was deleted: its status says so, once', async () => {
		const { id } = await made('/Invoices', 'InvoiceID', invoice('DRAFT'));
		await o.run('invoice');
		await o.settled(1, String(id));

		await o.atXero('POST', '/Invoices', { Invoices: [{ InvoiceID: id, Status: 'DELETED' }] });
		await o.run('invoice');
		await o.settled(2, String(id));
		const swept = await o.run('invoice', 'sweep');
		await o.settled(2, String(id));

		expect(swept.deleted).toBe(0);
		expect(types(id)).toEqual([['invoice.created'], ['invoice.updated']]);
		expect(await o.stateOf('invoice', String(id))).toMatchObject({ status: 'DELETED' });
	}, 180_000);

	it('22: is an authorised invoice that was voided', async () => {
		const { id } = await made('/Invoices', 'InvoiceID', invoice('AUTHORISED'));
		await o.run('invoice');
		await o.settled(1, String(id));

		await o.atXero('POST', '/Invoices', { Invoices: [{ InvoiceID: id, Status: 'VOIDED' }] });
		await o.run('invoice');
		await o.settled(2, String(id));

		expect(types(id)).toEqual([
			['invoice.created', 'invoice.authorised'],
			['invoice.updated', 'invoice.voided'],
		]);
	}, 180_000);

	it('23: is a payment that was deleted, which makes its invoice owed again', async () => {
		const bank = (await o.atXero('GET', '/Accounts')).find(({ Type }) => Type === 'BANK')!;
		const bill = await made('/Invoices', 'InvoiceID', invoice('AUTHORISED'));
		const payment = await made('/Payments', 'PaymentID', {
			Invoice: { InvoiceID: bill['id'] },
			Account: { AccountID: bank['AccountID'] },
			Date: '2026-11-03',
			Amount: bill['Total'],
		});
		for (const entity of ['invoice', 'payment']) await o.run(entity);
		await o.settled(1, String(bill['id']));
		const paid = await o.stateOf('invoice', String(bill['id']));

		await o.atXero('POST', `/Payments/${String(payment['id'])}`, { Status: 'DELETED' });
		for (const entity of ['invoice', 'payment']) await o.run(entity);
		await o.settled(2, String(payment['id']));

		expect(paid['status']).toBe('PAID');
		expect(types(payment['id'])).toEqual([
			['payment.created'],
			['payment.updated', 'payment.deleted'],
		]);
		expect((await o.stateOf('invoice', String(bill['id'])))['status']).toBe('AUTHORISED');
	}, 180_000);

	it('24: is a contact that was archived, or merged into another', async () => {
		const [kept, merged, archived] = [
			await made('/Contacts', 'ContactID', { Name: 'Kept' }),
			await made('/Contacts', 'ContactID', { Name: 'Merged' }),
			await made('/Contacts', 'ContactID', { Name: 'Archived' }),
		];
		await o.run('contact');
		await o.settled(1, String(archived['id']));

		await o.sandbox.mergeContacts(o.tenantId, String(merged['id']), String(kept['id']));
		await o.atXero('POST', '/Contacts', {
			Contacts: [{ ContactID: archived['id'], ContactStatus: 'ARCHIVED' }],
		});
		await o.run('contact');
		await o.settled(2, String(archived['id']));

		expect(types(merged['id']).at(-1)).toEqual([
			'contact.updated',
			'contact.merged',
			'contact.archived',
		]);
		expect(types(archived['id']).at(-1)).toEqual(['contact.updated', 'contact.archived']);
	}, 180_000);

	it('25: is an item, and an option of a tracking category, that leave no trace', async () => {
		const item = await made('/Items', 'ItemID', { Code: 'GONE', Name: 'Gone' });
		const [category] = await o.atXero('GET', '/TrackingCategories');
		const id = String(category!['TrackingCategoryID']);
		const options = `/TrackingCategories/${id}/Options`;
		const [option] = await o.atXero('PUT', options, { Options: [{ Name: 'Red' }] });
		for (const entity of ['item', 'tracking_category']) await o.run(entity);
		await o.settled(1, String(item['id']));

		await o.atXero('DELETE', `/Items/${String(item['id'])}`);
		await o.atXero('DELETE', `${options}/${String(option!['TrackingOptionID'])}`);
		const swept = await o.run('item', 'sweep');
		await o.run('tracking_category');
		await o.settled(2, String(item['id']));

		expect(swept).toMatchObject({ status: 'succeeded', deleted: 1 });
		expect(types(item['id'])).toEqual([['item.created'], ['item.deleted']]);
		expect(await o.stateOf('item', String(item['id']))).toMatchObject({ deleted: true });
		const changed = o.told(id).at(-1);
		expect([changed?.types, changed?.changed]).toEqual([
			['tracking_category.updated'],
			['Options'],
		]);
	}, 180_000);

	it('26: is a bank transfer that was deleted, which lists show only when they are asked for it', async () => {
		const [from, to] = (await o.atXero('GET', '/Accounts')).filter(({ Type }) => Type === 'BANK');
		const transfer = await made('/BankTransfers', 'BankTransferID', {
			FromBankAccount: { AccountID: from!['AccountID'] },
			ToBankAccount: { AccountID: to!['AccountID'] },
			Amount: '20.00',
			Date: '2026-11-02',
		});
		await o.run('bank_transfer');
		await o.settled(1, String(transfer['id']));

		await o.atXero('POST', '/BankTransfers', {
			BankTransfers: [{ BankTransferID: transfer['id'], Status: 'DELETED' }],
		});
		await o.run('bank_transfer');
		await o.settled(2, String(transfer['id']));

		expect(types(transfer['id'])).toEqual([['bank_transfer.created'], ['bank_transfer.updated']]);
		expect((await o.stateOf('bank_transfer', String(transfer['id'])))['status']).toBe('DELETED');
	}, 180_000);

	it('28: is held where very much of it is gone at once, until somebody says that it is', async () => {
		const contacts = await o.known('contact');
		await o.sandbox.vanish(o.tenantId, 'contacts', contacts.slice(0, 20));

		const held = await o.run('contact', 'sweep');
		const before = await o.known('contact');
		const confirmed = await o.run('contact', 'sweep', { confirmDeletes: true });
		await o.settled(1, contacts[0]);

		expect(held).toMatchObject({ status: 'failed', deleted: 0, missing: -20 });
		expect(held.error).toMatch(/confirmDeletes/);
		expect(before).toEqual(contacts);
		expect(confirmed).toMatchObject({ status: 'succeeded', deleted: 20 });
		expect(types(contacts[0]).at(-1)).toEqual(['contact.deleted']);
	}, 180_000);
});

describe('an organisation that was reset', () => {
	let o: SyncedOrganisation;
	beforeAll(async () => {
		o = await syncedOrganisation({ seed: { contacts: 200 } });
	}, 180_000);
	afterAll(() => o.close());

	it('15: begins anew: nothing of it is told as deleted, and nothing of it as new', async () => {
		await o.sandbox.resetOrganisation(o.tenantId, { contacts: 40, disconnects: false });

		await o.run('contact');
		await o.run('contact', 'sweep');
		const now = (await o.atXero('GET', '/Contacts')).map(({ ContactID }) => String(ContactID));
		const [added] = await o.atXero('PUT', '/Contacts', { Contacts: [{ Name: 'After the reset' }] });
		await o.run('contact');
		await o.settled(1, String(added!['ContactID']));

		expect(await o.known('contact')).toEqual([...now, String(added!['ContactID'])].sort());
		expect(o.told().map(({ types }) => types)).toEqual([['contact.created']]);
	}, 180_000);
});

describe('what changes in silence', () => {
	let o: SyncedOrganisation;
	beforeAll(async () => {
		o = await syncedOrganisation();
	}, 180_000);
	afterAll(() => o.close());

	it('29: is found by a sweep where the list shows it: who became a customer, and what has attachments', async () => {
		const [contact] = await o.atXero('PUT', '/Contacts', {
			Contacts: [{ Name: 'Soon a customer' }],
		});
		const id = String(contact!['ContactID']);
		await o.run('contact');
		await o.settled(1, id);
		// So that a delta does not read the contact once more.
		await o.sandbox.advanceClock(400);
		await o.run('contact');
		await o.atXero('PUT', '/Invoices', {
			Invoices: [{ ...invoice('AUTHORISED'), Contact: { ContactID: id } }],
		});
		await o.atXero('PUT', `/Contacts/${id}/Attachments/note.txt`, 'A note');

		const delta = await o.run('contact');
		const told = (await o.settled(1, id)).length;
		const swept = await o.run('contact', 'sweep');
		const [, silent] = await o.settled(2, id);

		expect([delta.changed, told, swept.changed]).toEqual([0, 1, 1]);
		expect(silent).toMatchObject({ source: 'sync', types: ['contact.updated'] });
		expect(silent?.changed).toEqual(expect.arrayContaining(['IsCustomer', 'HasAttachments']));
	}, 180_000);
});
