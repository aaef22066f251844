import {
	syncedOrganisation,
	type SyncedOrganisation,
	type XeroElement,
} from './syncedOrganisation';

const CONTACTS_AND_INVOICES = ['CONTACT', 'INVOICE'];

/** When a record was changed, in Xero's own words: `/Date(1761987600123+0000)/`. */
const changedAt = (record: XeroElement | undefined) =>
	Number(/\d+/.exec(String(record?.['UpdatedDateUTC']))?.[0]);

describe('a webhook and a sync', () => {
	let o: SyncedOrganisation;
	beforeAll(async () => {
		o = await syncedOrganisation();
	}, 180_000);
	afterAll(() => o.close());
	beforeEach(() => o.hear(CONTACTS_AND_INVOICES));
	afterEach(() => o.sandbox.setFaults({}));

	const contact = async (Name: string) => {
		const [made] = await o.atXero('PUT', '/Contacts', { Contacts: [{ Name }] });
		return String(made!['ContactID']);
	};
	const rename = (ContactID: string, Name: string) =>
		o.atXero('POST', '/Contacts', { Contacts: [{ ContactID, Name }] });

	it('30: tell a change once, where the webhook comes first', async () => {
		const id = await contact('Webhook first');
		await o.heard(id, 1);
		await o.settled(1, id);

		await o.run('contact');

		expect((await o.settled(1, id)).map(({ source }) => source)).toEqual(['webhook']);
	}, 180_000);

	it('30: tell a change once, where the sync comes first and the webhook later', async () => {
		await o.hear([]);
		const [made] = await o.atXero('PUT', '/Contacts', { Contacts: [{ Name: 'Sync first' }] });
		const id = String(made!['ContactID']);

		await o.run('contact');
		const early = await o.settled(1, id);
		await o.tellLate(id, 'CREATE', changedAt(made));
		await o.heard(id, 1);

		expect(early.map(({ source }) => source)).toEqual(['sync']);
		expect(await o.settled(1, id)).toHaveLength(1);
	}, 180_000);

	it('31: tell nothing again where the webhook of a former change comes after the sync of a later one', async () => {
		const id = await contact('Version 1');
		await o.heard(id, 1);
		await o.settled(1, id);
		await o.hear([]);
		const [second] = await rename(id, 'Version 2');
		const [third] = await rename(id, 'Version 3');

		await o.run('contact');
		await o.settled(2, id);
		for (const version of [second, third]) await o.tellLate(id, 'UPDATE', changedAt(version));
		await o.heard(id, 3);

		const told = await o.settled(2, id);
		expect(told.map(({ source }) => source)).toEqual(['webhook', 'sync']);
		expect(await o.stateOf('contact', id)).toMatchObject({ record: { Name: 'Version 3' } });
	}, 180_000);

	it('32: tell five changes that were read once as one state', async () => {
		const id = await contact('Burst');
		await o.heard(id, 1);
		await o.settled(1, id);
		await o.hear([]);
		for (const step of [1, 2, 3, 4, 5]) await rename(id, `Burst ${step}`);

		await o.run('contact');

		const told = await o.settled(2, id);
		expect(told).toHaveLength(2);
		expect(await o.stateOf('contact', id)).toMatchObject({ record: { Name: 'Burst 5' } });
	}, 180_000);

	it('33: tell of a record that was made and is gone before anybody could read it', async () => {
		await o.sandbox.setFaults({ webhooks: { coalesceMs: 1_000 } });
		const id = await contact('Short-lived');
		await o.sandbox.vanish(o.tenantId, 'contacts', [id]);

		await o.heard(id, 1);
		await o.run('contact');

		const told = await o.settled(1, id);
		expect(told.map(({ type, source }) => [type, source])).toEqual([
			['contact.created', 'webhook'],
		]);
	}, 180_000);

	it('34: tell all of a day without webhooks, once', async () => {
		await o.hear([]);
		const ids = [await contact('Day 1'), await contact('Day 2')];
		await o.hear(CONTACTS_AND_INVOICES);

		await o.run('contact');
		await o.run('contact');

		for (const id of ids) {
			expect((await o.settled(1, id)).map(({ source }) => source)).toEqual(['sync']);
		}
	}, 180_000);

	it('35: tell a write that went through the hub once, and by whom', async () => {
		const answer = await fetch(`${o.url}/api/v1/xero/${o.tenantId}/api.xro/2.0/Contacts`, {
			method: 'PUT',
			headers: {
				authorization: `Bearer ${o.apiKey}`,
				accept: 'application/json',
				'content-type': 'application/json',
				'xero-hub-cause': 'the-workflow/the-node',
			},
			body: JSON.stringify({ Contacts: [{ Name: 'Own write' }] }),
		});
		const { Contacts } = (await answer.json()) as { Contacts: { ContactID: string }[] };
		const id = Contacts[0]!.ContactID;
		await o.heard(id, 1);

		await o.run('contact');

		const told = await o.settled(1, id);
		expect(told).toHaveLength(1);
		expect(told[0]?.causedBy).toEqual({ workflow: 'the-workflow', node: 'the-node' });
	}, 180_000);
});

describe.each([-90_000, 90_000])(
	'webhooks whose time lies %d ms from the record’s',
	(dateOffsetMs) => {
		let o: SyncedOrganisation;
		beforeAll(async () => {
			o = await syncedOrganisation();
			await o.hear(CONTACTS_AND_INVOICES);
		}, 180_000);
		afterAll(() => o.close());

		it.each(['webhook first', 'sync first'])(
			'tell a change once all the same, %s',
			async (order) => {
				const isSyncFirst = order === 'sync first';
				await o.hear(isSyncFirst ? [] : CONTACTS_AND_INVOICES);
				await o.sandbox.setFaults({ webhooks: { dateOffsetMs } });
				const [made] = await o.atXero('PUT', '/Contacts', { Contacts: [{ Name: order }] });
				const id = String(made!['ContactID']);

				if (!isSyncFirst) await o.heard(id, 1);
				await o.run('contact');
				if (isSyncFirst) await o.tellLate(id, 'CREATE', changedAt(made) + dateOffsetMs);
				await o.heard(id, 1);

				expect(await o.settled(1, id)).toHaveLength(1);
			},
			180_000,
		);
	},
);
