import { answerOf, connectSandbox, type ConnectedSandbox } from './connectedSandbox';

let sandbox: ConnectedSandbox;
beforeEach(async () => {
	sandbox = await connectSandbox();
});
afterEach(() => sandbox.close());

const call = async (token: string, tenantId?: string, path = '/api.xro/2.0/Organisation') =>
	answerOf(await sandbox.call({ access_token: token }, tenantId, 'GET', path));

it.each([
	['no token that it knows', 'rubbish'],
	['a token with a spoilt signature', 'a.b.c'],
])('answers 401 AuthenticationUnsuccessful to %s', async (_case, token) => {
	const answer = await call(token, sandbox.tenantId);

	expect(answer.status).toBe(401);
	expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
	expect(answer.json).toEqual({
		Type: null,
		Title: 'Unauthorized',
		Status: 401,
		Detail: 'AuthenticationUnsuccessful',
		Instance: answer.headers.get('xero-correlation-id'),
		Extensions: {},
	});
});

it('answers 401 TokenExpired with the time after thirty minutes', async () => {
	await sandbox.advanceClock(1_800);

	const answer = await call(sandbox.tokens.access_token, sandbox.tenantId);

	expect(answer.status).toBe(401);
	expect(answer.json['Detail']).toMatch(
		/^TokenExpired: token expired at \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/,
	);
});

it('ends every token issued so far with the expireTokens switch, and no later one', async () => {
	await sandbox.setFaults({ expireTokens: true });
	expect((await call(sandbox.tokens.access_token, sandbox.tenantId)).json['Detail']).toMatch(
		/^TokenExpired/,
	);

	const later = await sandbox.authorise(sandbox.app);

	expect((await call(later.access_token, sandbox.tenantId)).status).toBe(200);
});

it.each([
	['no header', undefined],
	['a malformed one', 'not-a-guid'],
	['an unknown organisation', '11111111-1111-4111-8111-111111111111'],
])('answers 403 to %s', async (_case, tenantId) => {
	const answer = await call(sandbox.tokens.access_token, tenantId);

	expect(answer.status).toBe(403);
	expect(answer.json).toMatchObject({ Title: 'Forbidden', Detail: 'AuthenticationUnsuccessful' });
});

it('answers 403 for an organisation that another user has connected', async () => {
	const { organisations } = await sandbox.state();
	const second = organisations[1]?.tenantId as string;
	await sandbox.authorise(sandbox.app, {
		organisations: [second],
		loginHint: 'someone@else.example',
	});

	expect((await call(sandbox.tokens.access_token, second)).status).toBe(403);
});

it('answers 403 for as long as the organisation is disconnected', async () => {
	await sandbox.setFaults({ disconnectTenant: sandbox.tenantId });
	expect((await call(sandbox.tokens.access_token, sandbox.tenantId)).status).toBe(403);
	expect((await call(sandbox.tokens.access_token, undefined, '/connections')).json).toEqual([]);

	await sandbox.setFaults({});

	expect((await call(sandbox.tokens.access_token, sandbox.tenantId)).status).toBe(200);
});

it('answers 503 for an organisation that is offline', async () => {
	await sandbox.setFaults({ offlineTenant: sandbox.tenantId });

	expect(await call(sandbox.tokens.access_token, sandbox.tenantId)).toMatchObject({
		status: 503,
		text: 'The Organisation is offline',
	});
});

describe('scopes', () => {
	const granted = async (...scopes: string[]) =>
		(await sandbox.authorise(await sandbox.createApp({ legacyScopes: true }), { scopes }))
			.access_token;

	it.each([
		['accounting.settings', '/Contacts', 401],
		['accounting.contacts.read', '/Contacts', 200],
		['accounting.contacts', '/Contacts', 200],
		['accounting.invoices.read', '/Items', 200],
		['accounting.settings.read', '/Items', 200],
		['accounting.transactions.read', '/Invoices', 200],
		['accounting.transactions', '/Contacts', 401],
	])('with %s, reading %s is %i', async (scope, path, status) => {
		const answer = await call(await granted(scope), sandbox.tenantId, `/api.xro/2.0${path}`);

		expect(answer.status).toBe(status);
		if (status === 401) {
			expect(answer.json['Detail']).toBe('AuthorizationUnsuccessful');
			expect(answer.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope"');
		}
	});

	it('refuses to write with a reading scope', async () => {
		const tokens = { access_token: await granted('accounting.contacts.read') };

		const answer = await sandbox.call(tokens, sandbox.tenantId, 'PUT', '/api.xro/2.0/Contacts', {
			Contacts: [{ Name: 'X' }],
		});

		expect(answer.status).toBe(401);
	});

	it('looks at the tenant first, unless switched', async () => {
		const token = await granted('accounting.contacts');
		expect((await call(token)).status).toBe(403);

		await sandbox.setFaults({ tenantBeforeScope: false, misspellInsufficientScope: true });

		const answer = await call(token);
		expect(answer.status).toBe(401);
		expect(answer.headers.get('www-authenticate')).toBe('Bearer error="insufficent_scope"');
	});
});

it('answers 404 without JSON to an unknown resource, 501 to a wrong method', async () => {
	expect(
		(await call(sandbox.tokens.access_token, sandbox.tenantId, '/api.xro/2.0/Nonsense')).status,
	).toBe(404);
	expect(
		(await sandbox.call(sandbox.tokens, sandbox.tenantId, 'DELETE', '/api.xro/2.0/Invoices'))
			.status,
	).toBe(501);
});

it('answers XML to a client that does not ask for JSON', async () => {
	const answer = await sandbox.get('/Organisation', { accept: '*/*' });

	expect(answer.headers.get('content-type')).toMatch(/xml/);
	expect(answer.text).toContain('<Organisations><Organisation><Name>Demo Company (NZ)</Name>');
});
