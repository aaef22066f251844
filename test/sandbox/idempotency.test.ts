import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

let sandbox: ConnectedSandbox;
beforeEach(async () => {
	sandbox = await connectSandbox();
});
afterEach(() => sandbox.close());

const contact = (name: string) => ({ Contacts: [{ Name: name }] });
const key = (value: string) => ({ 'idempotency-key': value });
const countOf = async (name: string) =>
	(await sandbox.get(`/Contacts?where=${encodeURIComponent(`Name=="${name}"`)}`)).json['Contacts']
		.length;

it('answers a repeated write with the first answer, byte for byte, and writes once', async () => {
	const first = await sandbox.put('/Contacts', contact('Kauri Ltd'), key('k1'));
	const second = await sandbox.put('/Contacts', contact('Kauri Ltd'), key('k1'));

	expect(second.text).toBe(first.text);
	expect(await countOf('Kauri Ltd')).toBe(1);
});

it('repeats refusals too', async () => {
	const first = await sandbox.put('/Contacts', { Contacts: [{}] }, key('k1'));
	const second = await sandbox.put('/Contacts', { Contacts: [{}] }, key('k1'));

	expect(first.status).toBe(400);
	expect(second.text).toBe(first.text);
});

it('forgets after six minutes, and the same key writes again', async () => {
	const first = await sandbox.post(
		'/Invoices',
		{ Invoices: [{ Type: 'ACCPAY', Contact: { Name: 'A' } }] },
		key('k1'),
	);
	await sandbox.advanceClock(6 * 60);
	const second = await sandbox.post(
		'/Invoices',
		{ Invoices: [{ Type: 'ACCPAY', Contact: { Name: 'A' } }] },
		key('k1'),
	);

	expect(second.json['Invoices'][0].InvoiceID).not.toBe(first.json['Invoices'][0].InvoiceID);
});

it.each([
	['another body', () => sandbox.put('/Contacts', contact('B'), key('k1'))],
	['another method', () => sandbox.post('/Contacts', contact('A'), key('k1'))],
	['another URL', () => sandbox.put('/Contacts?summarizeErrors=false', contact('A'), key('k1'))],
])('refuses the key with %s', async (_case, again) => {
	await sandbox.put('/Contacts', contact('A'), key('k1'));

	const answer = await again();

	expect(answer).toMatchObject({
		status: 400,
		json: { Message: 'Idempotency Key: k1 is used with a different request.' },
	});
});

it('keeps the keys of each app apart', async () => {
	await sandbox.put('/Contacts', contact('A'), key('k1'));
	const other = await sandbox.authorise(await sandbox.createApp());

	const answer = await sandbox.call(
		other,
		sandbox.tenantId,
		'PUT',
		'/api.xro/2.0/Contacts',
		contact('B'),
		key('k1'),
	);

	expect(answer.status).toBe(200);
});

it('refuses a key of more than 128 characters', async () => {
	expect((await sandbox.put('/Contacts', contact('A'), key('x'.repeat(129)))).status).toBe(400);
	expect((await sandbox.put('/Contacts', contact('A'), key('x'.repeat(128)))).status).toBe(200);
});

it('counts repeats against the limits, and never keeps a 429', async () => {
	await sandbox.setLimits({ minute: 1 });
	await sandbox.get('/Organisation');
	expect((await sandbox.put('/Contacts', contact('A'), key('k1'))).status).toBe(429);
	await sandbox.setLimits({ minute: 2 });

	expect((await sandbox.put('/Contacts', contact('A'), key('k1'))).status).toBe(200);
	expect((await sandbox.put('/Contacts', contact('A'), key('k1'))).status).toBe(200);
	expect((await sandbox.put('/Contacts', contact('A'), key('k1'))).status).toBe(429);
});

it('makes a write safe whose answer was lost after it was carried out', async () => {
	await sandbox.setFaults({ dropAfterCommit: { path: '/Contacts', times: 1 } });

	await expect(sandbox.put('/Contacts', contact('Lost Ltd'), key('k1'))).rejects.toThrow(
		'fetch failed',
	);
	expect((await sandbox.put('/Contacts', contact('Lost Ltd'), key('k1'))).status).toBe(200);
	expect(await countOf('Lost Ltd')).toBe(1);
});
