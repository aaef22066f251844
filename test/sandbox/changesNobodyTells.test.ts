import { sandboxClient } from '../support/sandboxClient';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';
import type { XeroBody } from './XeroBody';

/** What a sync has to cope with, each as a switch: nobody has published which of it Xero does, and how often. */
describe('lists that are behind, cut or odd', () => {
	let sandbox: ConnectedSandbox;
	beforeEach(async () => {
		sandbox = await connectSandbox();
	});
	afterEach(() => sandbox.close());

	const contacts = async (headers?: Readonly<Record<string, string>>) => {
		const { json } = await sandbox.get('/Contacts', headers);
		return json['Contacts'].map(({ Name }) => Name);
	};
	/** As it comes: an answer that departs from Xero's schemas fails nobody. */
	const unchecked = () =>
		sandboxClient(sandbox.url).call(
			sandbox.tokens,
			sandbox.tenantId,
			'GET',
			'/api.xro/2.0/Contacts',
		);
	const since = () => ({ 'If-Modified-Since': new Date(Date.now() - 60_000).toISOString() });
	const ann = { Contacts: [{ Name: 'Ann Lee' }] };

	it('show a change to those who ask for changes only some time after it was made', async () => {
		await sandbox.setFaults({ lists: { lateMs: 20_000 } });
		await sandbox.put('/Contacts', ann);

		const early = await contacts(since());
		const whole = await contacts();
		await sandbox.advanceClock(21);
		const late = await contacts({
			'If-Modified-Since': new Date(Date.now() - 60_000).toISOString(),
		});

		expect(early).not.toContain('Ann Lee');
		expect(whole).toContain('Ann Lee');
		expect(late).toContain('Ann Lee');
	});

	it('answer 304 where nothing has changed, when told to', async () => {
		const headers = { 'If-Modified-Since': new Date(Date.now() + 60_000).toISOString() };
		const usual = await sandbox.get('/Contacts', headers);
		await sandbox.setFaults({ lists: { notModified: true } });

		const answer = await sandbox.get('/Contacts', headers);

		expect([usual.status, usual.json['Contacts']]).toEqual([200, []]);
		expect([answer.status, answer.text]).toEqual([304, '']);
	});

	it('end in the middle of the JSON, under a 200', async () => {
		await sandbox.setFaults({ cutsAnswer: { path: '/Contacts' } });

		const cut = await unchecked();
		const text = await cut.text();
		const next = await (await unchecked()).text();

		expect(cut.status).toBe(200);
		expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
		expect(next.length).toBeGreaterThan(text.length);
	});

	it('hold members and a status that nobody knows, and no time of change', async () => {
		await sandbox.setFaults({ answersOddRecords: { path: '/Contacts' } });

		const { Contacts } = (await (await unchecked()).json()) as XeroBody;

		const [first, second, third] = Contacts;
		expect(first).toMatchObject({
			ContactStatus: 'REVIEWED',
			ReviewedBy: { Name: 'Nobody' },
			UpdatedDateUTC: null,
		});
		expect(second).toMatchObject({ UpdatedDateUTC: '/Date(0+0000)/' });
		expect(third).toMatchObject({ UpdatedDateUTC: '/Date(-62135596800000+0000)/' });
	});
});

describe('what happens without a word', () => {
	let sandbox: ConnectedSandbox;
	beforeEach(async () => {
		sandbox = await connectSandbox();
	});
	afterEach(() => sandbox.close());

	const ids = async (headers?: Readonly<Record<string, string>>) => {
		const { json } = await sandbox.get('/Contacts', headers);
		return json['Contacts'].map(({ ContactID }) => ContactID);
	};

	it('is a record that is gone', async () => {
		const [gone = '', ...others] = await ids();

		await sandbox.vanish(sandbox.tenantId, 'contacts', [gone]);

		expect(await ids()).toEqual(others);
		expect((await sandbox.get(`/Contacts/${gone}`)).status).toBe(404);
		await expect(sandbox.vanish(sandbox.tenantId, 'counters', [gone])).rejects.toThrow(/no table/);
	});

	it('is a demo company that was reset: no id is what it was, and apps are disconnected', async () => {
		const before = await ids();

		await sandbox.resetOrganisation(sandbox.tenantId, { contacts: 7 });
		const refused = await sandbox.get('/Contacts');
		await sandbox.authorise(sandbox.app);
		const after = await ids();

		expect(refused.status).toBe(403);
		expect(after).toHaveLength(7);
		expect(after.filter((id) => before.includes(id))).toEqual([]);
	});

	it('can be a reset that disconnects nobody', async () => {
		await sandbox.resetOrganisation(sandbox.tenantId, { disconnects: false });

		expect((await sandbox.get('/Contacts')).status).toBe(200);
	});
});
