import type { FormBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const KEYS = {
	clientId: 'CLIENT-ID-1',
	clientSecret: 'client-secret-1',
	webhookKey: 'webhook-key-1',
};

describe('a workspace in the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;

	beforeEach(async () => {
		portal = await startPortal();
		owner = await portalOwner(portal);
		await owner.submit(await owner.get('/workspaces/new'), '/workspaces', { name: 'Café Noir' });
	});
	afterEach(() => portal.close());

	const saveKeys = async (fields: Record<string, string>) =>
		owner.submit(await owner.get('/w/cafe-noir/app-keys'), '/w/cafe-noir/app-keys', fields);

	it('says at an empty hub what to do first', async () => {
		await owner.submit(await owner.get('/w/cafe-noir/settings'), '/w/cafe-noir/remove', {
			confirmation: 'cafe-noir',
		});

		const page = await owner.get('/');

		expect(page.text).toContain('Make your first workspace');
	});

	it.each([
		[{ name: ' ' }, 'Give the workspace a name.'],
		[{ name: 'x'.repeat(201) }, 'This may have 200 characters at most.'],
		[{ name: 'X', slug: 'Not A Slug' }, 'Use lower case letters, digits and dashes, 64 at most.'],
		[{ name: 'X', slug: 'cafe-noir' }, 'The slug "cafe-noir" is taken.'],
		[{ name: 'X', n8nBaseUrls: 'n8n:5678' }, 'Write each address as http://n8n:5678.'],
		[
			{ name: 'X', n8nBaseUrls: 'http://u:hunter2@n8n:5678' },
			'This must carry no user name, password, ? or #.',
		],
	])('is not made from %j', async (fields, why) => {
		const page = await owner.submit(await owner.get('/workspaces/new'), '/workspaces', fields);

		expect(page.status).toBe(422);
		expect(page.text).toContain(why);
		expect(page.html).toContain('aria-invalid="true"');
	});

	it('shows what to register at Xero, and where it stands', async () => {
		const page = await owner.get('/w/cafe-noir');

		expect(page.html).toContain(`value="${portal.url}/oauth/callback"`);
		expect(page.html).toContain(`value="${portal.url}/webhooks/xero/cafe-noir"`);
		expect(page.text).toContain('0 of 6 steps are done.');
	});

	it('keeps the app keys and never shows them again', async () => {
		const saved = await saveKeys(KEYS);

		expect(saved.text).toContain('The app keys were saved.');
		expect(saved.text).toContain('fingerprint');
		expect(saved.html).toContain('CLIENT-ID-1');
		expect(saved.html).not.toContain('client-secret-1');
		expect(saved.html).not.toContain('webhook-key-1');
		expect((await owner.get('/w/cafe-noir')).text).toContain('2 of 6 steps are done.');
	});

	it('keeps the saved secrets where the form leaves them empty', async () => {
		await saveKeys(KEYS);
		const before = await portal.hub.call('GET', '/api/v1/workspaces/cafe-noir');

		await saveKeys({ clientId: 'CLIENT-ID-2', clientSecret: '', webhookKey: '', tier: 'core' });

		const after = await portal.hub.call('GET', '/api/v1/workspaces/cafe-noir');
		expect(after.body.appKeys).toEqual({
			...before.body.appKeys,
			clientId: 'CLIENT-ID-2',
			tier: 'core',
		});
	});

	it.each([
		[{ ...KEYS, clientId: '' }, 'Paste the client id.'],
		[{ ...KEYS, clientId: 'CLIENT ID' }, 'holds a space or a line break: copy it again.'],
		[{ ...KEYS, clientSecret: '' }, 'Paste the client secret.'],
		[{ ...KEYS, clientSecret: 'client\nsecret' }, 'holds a space or a line break: copy it again.'],
		[{ ...KEYS, webhookKey: 'webhook key' }, 'holds a space or a line break: copy it again.'],
		[{ ...KEYS, clientId: 'CLIENT\u200B-ID-1' }, 'holds a character that Xero does not use'],
		[{ ...KEYS, secondWebhookKey: 'webhook-key-1' }, 'This is the first webhook key a second time'],
		[{ ...KEYS, secondWebhookKey: 'client-secret-1' }, 'This is the client secret'],
		[{ ...KEYS, forgetWebhookKeys: 'yes' }, 'Enter a key, or let the saved ones be forgotten'],
		[{ ...KEYS, clientSecret: 'CLIENT-ID-1' }, 'This is the client id a second time'],
		[{ ...KEYS, webhookKey: 'client-secret-1' }, 'This is the client secret'],
		[{ ...KEYS, preset: 'all' }, 'Choose what the hub may ask for.'],
		[{ ...KEYS, tier: 'number', connections: 'many' }, 'Write how many organisations'],
		[{ ...KEYS, tier: 'free' }, 'Choose the tier of the app.'],
	])('says at the field what is wrong with %j', async (fields, why) => {
		const page = await saveKeys(fields);

		expect(page.status).toBe(422);
		expect(page.text).toContain(why);
		expect(page.html).toContain('aria-invalid="true"');
		expect(page.html).not.toContain('client-secret-1');
	});

	it.each([
		[{ clientId: 'client-secret-1' }, 'This is the client id a second time'],
		[{ webhookKey: 'client-secret-1' }, 'This is the client secret: copy the key'],
		[{ secondWebhookKey: 'webhook-key-1' }, 'This is the first webhook key a second time'],
	])('holds %j against the secrets that are saved already', async (fields, why) => {
		await saveKeys(KEYS);

		const page = await saveKeys({ clientId: KEYS.clientId, clientSecret: '', ...fields });

		expect(page.status).toBe(422);
		expect(page.text).toContain(why);
	});

	it('asks Xero whether it knows the keys', async () => {
		const { clientId, clientSecret } = await portal.createApp();
		const at = '/w/cafe-noir/app-keys';

		const wrong = await owner.submit(
			await saveKeys({ clientId, clientSecret: 'not-the-secret' }),
			`${at}/verify`,
		);
		const right = await owner.submit(
			await saveKeys({ clientSecret: clientSecret ?? '' }),
			`${at}/verify`,
		);

		expect(wrong.status).toBe(409);
		expect(wrong.text).toContain("Xero does not accept this workspace's client id and secret.");
		expect(wrong.text).toContain('Id and secret Refused by Xero');
		expect(wrong.text).not.toContain('Not checked yet');
		const [savedCard = ''] = wrong.html.split('Change the keys');
		expect(savedCard).toContain('role="alert"');
		expect(right.text).toContain('Xero accepts these keys.');
		expect(right.text).toContain('Accepted by Xero');
	});

	it('takes a second webhook key, and forgets both', async () => {
		const at = '/w/cafe-noir/app-keys';

		const two = await saveKeys({ ...KEYS, secondWebhookKey: 'webhook-key-2' });
		const none = await owner.submit(two, at, { forgetWebhookKeys: 'yes' });

		expect(two.text).toMatch(/Second webhook key •+/);
		expect(two.html).not.toContain('webhook-key-2');
		expect(none.text).toContain('Webhook key Missing');
		const { body } = await portal.hub.call('GET', '/api/v1/workspaces/cafe-noir');
		expect(body.appKeys).toMatchObject({
			webhookKeyFingerprint: null,
			secondWebhookKeyFingerprint: null,
		});
	});

	it('warns of keys that do not look like those of Xero', async () => {
		expect((await saveKeys(KEYS)).text).toContain("The client id does not look like Xero's");
	});

	it('keeps a set of scopes and a number of organisations of its own', async () => {
		await saveKeys({ ...KEYS, preset: 'read_only', tier: 'number', connections: '12' });

		const { body } = await portal.hub.call('GET', '/api/v1/workspaces/cafe-noir');
		expect(body.appKeys.tier).toBe('12');
		const page = await owner.get('/w/cafe-noir/app-keys');
		expect(page.text).toContain('Scopes Accounting, read only Choose scopes');
		expect(page.html).toContain('value="12"');
	});

	it('makes an API key that is shown once and works, rotates it and revokes it', async () => {
		const at = '/w/cafe-noir/api-keys';
		const { call } = portal.hub;
		const keyIn = ({ html }: { html: string }) => /xhk_[\w-]+/.exec(html)?.[0] ?? '';
		const works = async (key: string) =>
			(await call('GET', '/api/v1/workspace', undefined, key)).status === 200;

		expect((await owner.submit(await owner.get(at), at, { name: '' })).text).toContain(
			'Say what the key is for',
		);
		const made = await owner.submit(await owner.get(at), at, {
			...{ name: 'n8n', scopes: ['events', 'read', 'write'] },
		});
		const first = keyIn(made);
		expect(await works(first)).toBe(true);
		const list = await owner.get(at);
		expect(list.html).not.toContain(first);
		expect(list.text).not.toContain('Never');
		expect(list.html).toContain('<a href="/docs">');

		const rotate = /action="([^"]+\/rotate)"/.exec(list.html)?.[1] ?? '';
		expect((await owner.submit(list, rotate)).text).toContain('Rotate “n8n”? The present key ends');
		expect(await works(first)).toBe(true);
		const second = keyIn(await owner.submit(list, rotate, { confirmed: 'yes' }));
		expect([await works(first), await works(second)]).toEqual([false, true]);

		const revoke = rotate.replace('/rotate', '/revoke');
		expect((await owner.submit(await owner.get(at), revoke)).text).toContain('Revoke “n8n”?');
		expect(await works(second)).toBe(true);
		const revoked = await owner.submit(await owner.get(at), revoke, { confirmed: 'yes' });
		expect(revoked.text).toContain('The key was revoked.');
		expect(revoked.text).toContain('1 revoked key n8n until');
		expect(revoked.html).not.toContain(rotate);
		expect(await works(second)).toBe(false);
		const id = /api-keys\/([^/]+)\/rotate/.exec(rotate)?.[1] ?? '';
		const revived = await call('POST', `/api/v1/workspaces/cafe-noir/api-keys/${id}/rotate`);
		expect(revived).toMatchObject({ status: 409, body: { code: 'conflict' } });
	});

	it('makes an API key for what is ticked, until its last day', async () => {
		const at = '/w/cafe-noir/api-keys';
		const key = { name: 'books', scopes: ['read', 'token'], expiresAt: '2044-03-31' };

		const none = await owner.submit(await owner.get(at), at, { ...key, scopes: [] });
		const never = await owner.submit(await owner.get(at), at, { ...key, expiresAt: '31/3/2044' });
		const made = await owner.submit(await owner.get(at), at, key);

		expect(none.text).toContain('Name at least one scope');
		expect(never.text).toContain('a day such as 2027-03-31');
		expect(never.html).toMatch(/value="token" checked/);
		expect(never.html).not.toMatch(/value="write" checked/);
		expect(made.text).toContain('books read, token All organisations');
		expect(made.html).toContain('datetime="2044-04-01T00:00:00.000Z"');
	});

	it('changes its name and the addresses of its n8n', async () => {
		const at = '/w/cafe-noir/settings';

		const saved = await owner.submit(await owner.get(at), at, {
			name: 'Café Blanc',
			n8nBaseUrls: 'http://n8n:5678/\nhttps://n8n.example.com',
		});
		const refused = await owner.submit(saved, at, { name: '', n8nBaseUrls: 'ftp://n8n' });

		expect(saved.text).toContain('Café Blanc');
		expect(refused.text).toContain('Give the workspace a name.');
		expect(refused.text).toContain('Write each address as http://n8n:5678.');
		const { body } = await portal.hub.call('GET', '/api/v1/workspaces/cafe-noir');
		expect(body.n8nBaseUrls).toEqual(['http://n8n:5678', 'https://n8n.example.com']);
	});

	it('is deleted only by whoever types its name', async () => {
		const page = await owner.submit(
			await owner.get('/w/cafe-noir/settings'),
			'/w/cafe-noir/remove',
			{ confirmation: 'cafe' },
		);
		expect(page.text).toContain('Type cafe-noir to delete the workspace.');

		const gone = await owner.submit(page, '/w/cafe-noir/remove', { confirmation: 'cafe-noir' });

		expect(gone.text).toContain('were deleted');
		expect((await owner.get('/w/cafe-noir')).status).toBe(404);
	});
});
