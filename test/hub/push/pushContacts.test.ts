import {
	pushedOrganisation,
	statesOf,
	type AnsweredPush,
	type PushedOrganisation,
} from './pushedOrganisation';

describe('contacts of a CRM that are pushed', () => {
	let acme: PushedOrganisation;
	beforeAll(async () => {
		acme = await pushedOrganisation();
	}, 60_000);
	afterAll(() => acme.close());

	const contactsNamed = async (name: string) =>
		(
			await acme.atXero(
				`/Contacts?includeArchived=true&where=${encodeURIComponent(`Name=="${name}"`)}`,
			)
		).Contacts ?? [];
	const callsSince = async (work: () => Promise<unknown>) => {
		await acme.sandbox.forgetRequests();
		await work();
		return (await acme.sandbox.requests()).filter(({ path }) => path.includes('api.xro'));
	};

	it('are made, each with a mark by which it is found again', async () => {
		const push = await acme.push({
			records: [
				{ externalId: '1', fields: { Name: 'Ada', EmailAddress: 'ada@example.com' } },
				{ externalId: '2', fields: { Name: 'Bert' } },
			],
		});

		expect(statesOf(push)).toEqual({ 1: 'synced', 2: 'synced' });
		const [ada] = await contactsNamed('Ada');
		expect(ada).toMatchObject({ ContactNumber: 'crm:1', EmailAddress: 'ada@example.com' });
		expect(push.items[0]).toMatchObject({ xeroId: ada?.['ContactID'], change: 'created' });
	});

	it('cost no call while nothing of them has changed', async () => {
		const records = [
			{ externalId: 'same', fields: { Name: 'Same', EmailAddress: 'S@Example.com' } },
		];
		await acme.push({ records });

		let again!: AnsweredPush;
		const calls = await callsSince(async () => {
			again = await acme.push({ records });
		});

		expect(statesOf(again)).toEqual({ same: 'unchanged' });
		expect(again.calls).toBe(0);
		expect(calls).toEqual([]);
	});

	it('are changed in what the CRM says, and in nothing else', async () => {
		const fields = { Name: 'Cleo', EmailAddress: 'cleo@example.com' };
		const made = await acme.push({ records: [{ externalId: 'c', fields }] });
		const xeroId = made.items[0]?.xeroId;
		await acme.writeToXero('POST', '/Contacts', {
			Contacts: [{ ContactID: xeroId, FirstName: 'Cleopatra' }],
		});

		const push = await acme.push({
			records: [{ externalId: 'c', fields: { ...fields, EmailAddress: 'c@example.com' } }],
		});

		expect(push.items[0]).toMatchObject({ state: 'synced', change: 'updated' });
		const [cleo] = await contactsNamed('Cleo');
		expect(cleo).toMatchObject({ EmailAddress: 'c@example.com', FirstName: 'Cleopatra' });
	});

	it('that Xero refuses fail with its own words and a next step, and the others stand', async () => {
		await acme.writeToXero('PUT', '/Contacts', { Contacts: [{ Name: 'Taken' }] });
		const records = Array.from({ length: 50 }, (_, index) => ({
			externalId: `fifty-${index}`,
			fields: { Name: index === 20 ? 'taken' : `Fifty ${index}` },
		}));

		const push = await acme.push({ records });

		expect(push.counts).toEqual({ synced: 49, failed: 1 });
		expect(push.items[20]).toMatchObject({
			state: 'failed',
			message: expect.stringContaining('is already assigned to another contact'),
			nextStep: expect.stringContaining('matchBy'),
		});
	});

	it('are found by what the push says before they are made', async () => {
		await acme.writeToXero('PUT', '/Contacts', { Contacts: [{ Name: 'Known Person' }] });

		const push = await acme.push({
			records: [{ externalId: 'known', fields: { Name: 'Known Person' } }],
			matchBy: ['Name'],
		});

		expect(push.items[0]).toMatchObject({ state: 'synced', change: null });
	});

	it('that a person has to decide on are conflicts, until somebody says whose word counts', async () => {
		const fields = { Name: 'Dora', EmailAddress: 'd@example.com' };
		const { items } = await acme.push({ records: [{ externalId: 'd', fields }] });
		await acme.writeToXero('POST', '/Contacts', {
			Contacts: [{ ContactID: items[0]?.xeroId, EmailAddress: 'xero@example.com' }],
		});
		const records = [{ externalId: 'd', fields: { ...fields, EmailAddress: 'crm@example.com' } }];

		const push = await acme.push({ records, policy: 'ask' });

		expect(push.items[0]).toMatchObject({
			state: 'conflict',
			detail: {
				conflicts: [
					{ member: 'EmailAddress', xero: 'xero@example.com', external: 'crm@example.com' },
				],
			},
		});
		await acme.call('POST', `/pushes/${push.id}/items/d/resolve`, { use: 'external' });
		expect(statesOf(await acme.finished(push.id))).toEqual({ d: 'synced' });
		expect((await contactsNamed('Dora'))[0]?.['EmailAddress']).toBe('crm@example.com');
	});

	it('that were archived in Xero end with a next step', async () => {
		const fields = { Name: 'Emil' };
		const { items } = await acme.push({ records: [{ externalId: 'e', fields }] });
		await acme.writeToXero('POST', '/Contacts', {
			Contacts: [{ ContactID: items[0]?.xeroId, ContactStatus: 'ARCHIVED' }],
		});

		const push = await acme.push({ records: [{ externalId: 'e', fields: { Name: 'Emil B' } }] });

		expect(push.items[0]).toMatchObject({
			state: 'failed',
			message: expect.stringContaining('archived'),
			nextStep: expect.stringContaining('Restore'),
		});
	});

	it('are told by a dry run, which writes nothing', async () => {
		let push!: AnsweredPush;
		const calls = await callsSince(async () => {
			push = await acme.push({
				records: [{ externalId: 'dry', fields: { Name: 'Dry' } }],
				dryRun: true,
			});
		});

		expect(push.items[0]).toMatchObject({
			state: 'skipped',
			change: null,
			detail: { would: 'create', resolved: { Name: 'Dry', ContactNumber: 'crm:dry' } },
		});
		expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
		expect(await contactsNamed('Dry')).toEqual([]);
		expect((await acme.call('GET', '/pushes?limit=1')).body.items[0].dryRun).toBe(true);
	});

	it.each([
		['create', 'Ada', '1', /only makes new records/],
		['update', 'Nobody', 'nobody', /only changes what is there/],
	])('are skipped in words where the mode is %s', async (mode, name, externalId, words) => {
		await acme.push({ records: [{ externalId: '1', fields: { Name: 'Ada' } }] });

		const push = await acme.push({
			records: [{ externalId, fields: { Name: name, FirstName: 'X' } }],
			mode,
		});

		expect(push.items[0]).toMatchObject({
			state: 'skipped',
			message: expect.stringMatching(words),
		});
	});
});
