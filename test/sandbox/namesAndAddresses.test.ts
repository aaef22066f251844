import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

it.each(['ANN LEE', 'Ann  Lee', ' ann\tlee '])('takes the name %j for Ann Lee', async (name) => {
	await sandbox.post('/Contacts', { Contacts: [{ Name: 'Ann Lee' }] });

	const { status, text } = await sandbox.put('/Contacts', { Contacts: [{ Name: name }] });

	expect(status).toBe(400);
	expect(text).toContain('is already assigned to another contact');
});

it('tells names apart that differ in more than case and blanks', async () => {
	await sandbox.post('/Contacts', { Contacts: [{ Name: 'Ann Lee' }] });

	expect((await sandbox.put('/Contacts', { Contacts: [{ Name: 'AnnLee' }] })).status).toBe(200);
});

it('answers an address of more than 2,090 characters with a 404 of HTML', async () => {
	const before = 'https://api.xero.com/api.xro/2.0';
	const path = '/Contacts?searchTerm=';
	const longest = `${path}${'x'.repeat(2_090 - before.length - path.length)}`;

	const taken = await sandbox.get(longest);
	const refused = await sandbox.get(`${longest}x`);

	expect(taken.status).toBe(200);
	expect(refused.status).toBe(404);
	expect(refused.headers.get('content-type')).toContain('text/html');
});
