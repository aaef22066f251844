import { loadSandboxConfig } from '../../hub-server/sandbox/loadSandboxConfig';
import { connectSandbox, salesInvoice, type ConnectedSandbox } from './connectedSandbox';

let sandbox: ConnectedSandbox;
beforeEach(async () => {
	sandbox = await connectSandbox();
});
afterEach(() => sandbox.close());

it('shows the organisations and apps, one of which is there from the start', async () => {
	const { organisations, apps } = await sandbox.state();

	expect(organisations).toHaveLength(3);
	expect(apps[0]).toMatchObject({
		redirectUris: expect.arrayContaining(['http://localhost:8787/oauth/callback']),
		deliveryUrl: null,
		webhookStatus: 'none',
	});
});

it('lists what reached it, with no secret in it, and forgets on request', async () => {
	await sandbox.forgetRequests();
	await sandbox.put(
		'/Invoices?summarizeErrors=false',
		{ Invoices: [salesInvoice(), salesInvoice()] },
		{ 'idempotency-key': 'k-1' },
	);
	await sandbox.get('/Contacts?page=2');

	const [put, get] = await sandbox.requests();

	expect(put).toEqual({
		at: expect.any(String),
		method: 'PUT',
		path: '/api.xro/2.0/Invoices',
		query: { summarizeErrors: 'false' },
		tenantId: sandbox.tenantId,
		status: 200,
		dropped: false,
		idempotencyKey: 'k-1',
		elements: 2,
	});
	expect(get).toMatchObject({ method: 'GET', query: { page: '2' }, elements: null });
	expect(JSON.stringify(put)).not.toContain(sandbox.tokens.access_token);
	await sandbox.forgetRequests();
	expect(await sandbox.requests()).toEqual([]);
});

it('lists what reached it since a moment', async () => {
	await sandbox.advanceClock(10);
	const { now } = await sandbox.state();
	await sandbox.get('/Organisation');

	expect((await sandbox.requests(now)).map(({ path }) => path)).toEqual([
		'/api.xro/2.0/Organisation',
	]);
});

it('seeds records in bulk that read like all others', async () => {
	const before = (await sandbox.get('/Invoices?page=1')).json['pagination'].itemCount;

	expect(await sandbox.seed(sandbox.tenantId, { contacts: 50, invoices: 200 })).toMatchObject({
		contacts: 50,
		invoices: 200,
	});

	const { pagination } = (await sandbox.get('/Invoices?page=1&pageSize=1000')).json;
	expect(pagination.itemCount).toBe(before + 200);
});

describe('the fault switches', () => {
	it('answer a status in place of the real answer, as often as asked', async () => {
		await sandbox.setFaults({ status: { path: '/Contacts', status: 503, times: 2 } });
		const statuses = [];
		for (let call = 0; call < 3; call += 1)
			statuses.push((await sandbox.put('/Contacts', { Contacts: [{ Name: `N${call}` }] })).status);

		expect(statuses).toEqual([503, 503, 200]);
		expect((await sandbox.get('/Contacts?searchTerm=N0')).json['Contacts']).toEqual([]);
	});

	it('reach the token endpoint too', async () => {
		await sandbox.setFaults({ status: { path: '/connect/token', status: 500, times: 1 } });

		await expect(sandbox.authorise(sandbox.app)).rejects.toThrow('The token endpoint refused');
	});

	it('answer a page of HTML', async () => {
		await sandbox.setFaults({ htmlError: {} });
		const answer = await sandbox.get('/Organisation');

		expect(answer.status).toBe(502);
		expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
	});

	it('drop the answer of what was carried out', async () => {
		await sandbox.setFaults({ dropAfterCommit: { path: '/Contacts', times: 1 } });
		await expect(sandbox.put('/Contacts', { Contacts: [{ Name: 'Committed' }] })).rejects.toThrow(
			'fetch failed',
		);

		expect((await sandbox.get('/Contacts?searchTerm=committed')).json['Contacts']).toHaveLength(1);
		expect((await sandbox.requests()).filter(({ dropped }) => dropped)).toHaveLength(1);
	});

	it('are cleared by {}, and refused when unknown', async () => {
		await sandbox.setFaults({ status: { path: '/', status: 500, times: 100 } });
		await sandbox.setFaults({});

		expect((await sandbox.get('/Organisation')).status).toBe(200);
		await expect(sandbox.setFaults({ explode: true })).rejects.toThrow(/Unrecognized key.*explode/);
	});
});

it('shows people what it is and what the books hold', async () => {
	const read = async (path: string) => (await fetch(`${sandbox.url}${path}`)).text();

	expect(await read('/')).toContain('Thornbury &amp; Daughters Ltd');
	await sandbox.put('/Contacts', { Contacts: [{ Name: '<script>alert(1)</script>' }] });
	expect(await read(`/org/${sandbox.tenantId}/contacts`)).toContain('&lt;script&gt;');
	expect(await read(`/org/${sandbox.tenantId}/invoices`)).toContain('INV-0001');
});

describe('the configuration', () => {
	it('has defaults for everything, an empty variable counting as unset', () => {
		expect(loadSandboxConfig({ SANDBOX_DATA_DIR: '', SANDBOX_PORT: '' })).toEqual({
			host: '127.0.0.1',
			port: 8790,
			dataDir: undefined,
			autoConsent: undefined,
		});
	});

	it('lists every fault at once', () => {
		const load = () => loadSandboxConfig({ SANDBOX_PORT: 'x', SANDBOX_AUTO_CONSENT: 'maybe' });

		expect(load).toThrow(/SANDBOX_PORT/);
		expect(load).toThrow(/SANDBOX_AUTO_CONSENT/);
	});
});
