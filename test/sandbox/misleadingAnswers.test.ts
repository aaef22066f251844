import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

const ZERO = '00000000-0000-0000-0000-000000000000';

describe('the switches for answers that look well-formed', () => {
	let sandbox: ConnectedSandbox;
	beforeEach(async () => {
		sandbox = await connectSandbox();
	});
	afterEach(() => sandbox.close());

	const two = { Contacts: [{ Name: 'Ann Lee' }, { Name: 'Bob Ray' }] };
	const named = async () =>
		(await sandbox.get('/Contacts?where=Name=="Ann Lee" OR Name=="Bob Ray"')).json['Contacts'];

	it.each([
		['absent', undefined],
		['zero', ZERO],
	])('save, and answer with ids that are %s', async (as, id) => {
		await sandbox.setFaults({ answersWithoutIds: { path: '/Contacts', as } });

		const { json } = await sandbox.put('/Contacts', two);

		const answered = json['Contacts'];
		expect(answered.map(({ ContactID, Name }) => [ContactID, Name])).toEqual([
			[id, 'Ann Lee'],
			[id, 'Bob Ray'],
		]);
		expect(await named()).toHaveLength(2);
	});

	it('save all, and answer one fewer', async () => {
		await sandbox.setFaults({ answersFewer: { path: '/Contacts' } });

		const { json } = await sandbox.put('/Contacts', two);

		expect(json['Contacts']).toHaveLength(1);
		expect(await named()).toHaveLength(2);
	});

	it('give the first page or the whole list, whichever page is asked for', async () => {
		await sandbox.seed(sandbox.tenantId, { contacts: 250 });
		const first = await sandbox.get('/Contacts?page=1');
		await sandbox.setFaults({ ignoresPaging: { path: '/Contacts' } });
		const repeated = await sandbox.get('/Contacts?page=2');
		await sandbox.setFaults({ ignoresPaging: { path: '/Contacts', gives: 'wholeList' } });
		const whole = await sandbox.get('/Contacts?page=2');

		expect(repeated.json['Contacts']).toEqual(first.json['Contacts']);
		expect(whole.json['Contacts'].length).toBeGreaterThan(250);
	});

	it('stamp what is written ahead of the clock of the answers', async () => {
		await sandbox.setFaults({ stampAheadSeconds: 10_800 });
		await sandbox.put('/Contacts', two);

		const { json } = await sandbox.get('/Contacts?where=Name=="Ann Lee"');

		const [contact] = json['Contacts'];
		const time = (stamp: unknown) => Number(/\d+/.exec(String(stamp))?.[0]);
		expect(time(contact?.['UpdatedDateUTC']) - time(json['DateTimeUTC'])).toBeGreaterThan(
			10_000_000,
		);
	});

	it('name any time to wait in a 429', async () => {
		await sandbox.setLimits({ minute: 1 });
		await sandbox.setFaults({ retryAfterSeconds: 40_000 });
		await sandbox.get('/Organisation');

		const { status, headers } = await sandbox.get('/Organisation');

		expect(status).toBe(429);
		expect(headers.get('retry-after')).toBe('40000');
		expect(headers.get('x-rate-limit-problem')).toBe('minute');
	});
});
