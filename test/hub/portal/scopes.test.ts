import { parseEnv } from 'node:util';
import { SCOPE_PRESETS } from '../../../hub-server/src/workspaces/scopePresets';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import type { FormBrowser, FormPage } from '../../support/portal/formBrowser';
import type { SandboxApp } from '../../support/sandboxClient';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const AT = '/w/acme/app-keys/scopes';
const ORGANISATIONS = '/w/acme/organisations';

describe('what the hub asks Xero for, in the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let app: SandboxApp;

	beforeEach(async () => {
		portal = await startPortal({ autoConsent: 'first' });
		owner = await portalOwner(portal);
		await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Acme' });
		app = await portal.createApp();
	});
	afterEach(() => portal.close());

	const saveKeys = (scopes: object = { scopePreset: 'invoicing' }) => {
		const { clientId, clientSecret, webhookKey } = app;
		const keys = { clientId, clientSecret, webhookKey, ...scopes };
		return portal.hub.call('PUT', '/api/v1/workspaces/acme/app-keys', keys);
	};
	const savedScopes = async (): Promise<string> =>
		(await portal.hub.call('GET', '/api/v1/workspaces/acme')).body.appKeys.scopes;

	/** Presses the button, and follows the page that leads on to Xero. */
	async function followToXero(page: FormPage, action: string): Promise<FormPage> {
		const between = await owner.submit(page, action);
		const link = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(between.html)?.[1] ?? '';
		return owner.get(link.replaceAll('&amp;', '&'));
	}
	const connect = async () => followToXero(await owner.get(ORGANISATIONS), '/w/acme/connect');

	it('leads to the app keys while there are none', async () => {
		const page = await owner.get(AT);

		expect(page.status).toBe(409);
		expect(page.html).toContain('href="/w/acme/app-keys">Go to the app keys');
	});

	it('is chosen area by area, and the keys stay as they are', async () => {
		await saveKeys();
		const page = await owner.get(AT);
		expect(page.html).toMatch(/name="level-accounting.contacts" value="write" checked/);
		expect(page.html).toMatch(/name="level-files" value="off" checked/);
		expect(page.html).not.toContain('name="level-accounting.budgets" value="write"');

		const saved = await owner.submit(page, AT, {
			'level-accounting.contacts': 'read',
			'level-files': 'write',
			'level-accounting.invoices': 'off',
		});

		expect(saved.at).toBe(`${ORGANISATIONS}?done=scopes_saved`);
		expect(await savedScopes()).toBe(
			'offline_access openid profile email accounting.contacts.read accounting.payments accounting.settings.read files',
		);
		const audit = (await owner.get('/audit')).text;
		expect(audit).toContain('App keys scopes set');
		expect(audit).toContain('accounting.contacts.read files');
	});

	it('is filled in from a set, which is not saved before somebody presses Save', async () => {
		await saveKeys({ scopes: 'accounting.contacts made.up' });

		const proposal = await owner.get(`${AT}?preset=everything`);
		expect(proposal.text).toContain('Not saved yet.');
		expect(await savedScopes()).toBe('accounting.contacts made.up');
		await owner.submit(proposal, AT);

		// Who consents was left out of this list, and stays out of it.
		const areas = SCOPE_PRESETS.everything.replace('offline_access openid profile email ', '');
		expect((await savedScopes()).split(' ').sort()).toEqual(
			[...areas.split(' '), 'made.up'].sort(),
		);
	});

	it('shows scopes that the hub does not know, and keeps them', async () => {
		await saveKeys({ scopes: 'offline_access accounting.contacts made.up other.made.up' });
		const page = await owner.get(AT);
		expect(page.html).toContain('value="made.up other.made.up"');

		await owner.submit(page, AT, { 'level-assets': 'read' });

		expect(await savedScopes()).toBe(
			'offline_access accounting.contacts assets.read made.up other.made.up',
		);
	});

	it.each([
		['what is no scope', { other: 'accounting/contacts' }, 'Write scopes such as'],
		['too many', { other: 'x'.repeat(4_000) }, 'These are too many scopes.'],
		[
			'what needs an approval, without a word that there is one',
			{ 'level-bankfeeds': 'write' },
			'Some of what you ticked is for approved apps only.',
		],
	])('refuses %s, and shows what was chosen', async (_what, fields, why) => {
		await saveKeys();
		const before = await savedScopes();

		const refused = await owner.submit(await owner.get(AT), AT, {
			'level-files': 'read',
			...fields,
		});

		expect(refused.status).toBe(422);
		expect(refused.text).toContain(why);
		expect(refused.html).toContain('aria-invalid="true"');
		expect(refused.html).toMatch(/name="level-files" value="read" checked/);
		expect(await savedScopes()).toBe(before);
	});

	it('says what an approval is for and what Xero shows without it, before anybody consents', async () => {
		await saveKeys();
		const page = await owner.get(AT);
		expect(page.text).toContain('Error: invalid_scope – Invalid scope for client');
		expect(page.text).toContain('For banks and partners that Xero has approved.');

		await owner.submit(page, AT, { 'level-bankfeeds': 'write', approved: 'yes' });
		const refused = await connect();

		expect(refused.status).toBe(400);
		expect(refused.text).toContain('Error: invalid_scope Invalid scope for client');
	});

	it('everything these nodes can do is granted to an ordinary app', async () => {
		await saveKeys({ scopePreset: 'everything' });

		await connect();

		const page = await owner.get(ORGANISATIONS);
		expect(page.text).toContain('All granted');
		expect(page.text).not.toContain('missing');
	});

	it('is looked at by viewers, and changed by none of them', async () => {
		await saveKeys();
		const viewer = await invited(
			portal,
			owner,
			{ name: 'Viewer', email: 'viewer@example.com', password: 'nine quiet bicycles' },
			{ role: 'viewer', reach: 'all' },
		);
		const page = await viewer.get(AT);

		const refused = await viewer.submit(page, AT);

		expect(page.html).toContain('<fieldset class="level" disabled>');
		expect(page.text).not.toContain('Save');
		expect(refused.status).toBe(403);
	});

	describe('against what was granted', () => {
		it('names what is missing and what that stops; a reconnect adds it', async () => {
			await saveKeys();
			await connect();
			await portal.hub.call('PUT', '/api/v1/workspaces/acme/app-keys/scopes', {
				scopes: 'accounting.contacts accounting.budgets.read',
			});
			const { key } = (
				await portal.hub.call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'n8n' })
			).body;
			const listed = async () =>
				(await portal.hub.call('GET', '/api/v1/connections', undefined, key)).body.items[0];

			const page = await owner.get(ORGANISATIONS);
			expect(page.text).toContain('1 scope missing');
			expect(page.text).toContain('Budgets: read accounting.budgets.read');
			expect(page.text).toContain('Stopped until then: Budget (Get, Get Many)');
			expect(await listed()).toMatchObject({ missingScopes: ['accounting.budgets.read'] });
			const path = /action="([^"]+\/reconnect)"/.exec(page.html)?.[1] ?? '';
			const landed = await followToXero(page, path);

			expect(landed.at).toMatch(/^\/w\/acme\/connected/);
			expect(landed.text).not.toContain('granted less');
			const { missingScopes, grantedScopes } = await listed();
			expect(missingScopes).toEqual([]);
			expect(grantedScopes).toEqual(
				expect.arrayContaining(['accounting.budgets.read', 'accounting.invoices']),
			);
		});

		it('asks for the union: what was granted is not given away by a shorter list', async () => {
			await saveKeys();
			await connect();
			await saveKeys({ scopes: 'accounting.contacts.read files' });
			const page = await owner.get(ORGANISATIONS);
			const path = /action="([^"]+\/reconnect)"/.exec(page.html)?.[1] ?? '';

			const between = await owner.submit(page, path);

			const link = /content="0; url=([^"]+)"/.exec(between.html)?.[1]?.replaceAll('&amp;', '&');
			const asked = new URL(link ?? '').searchParams.get('scope')?.split(' ') ?? [];
			expect(asked).toEqual(
				expect.arrayContaining(['files', 'accounting.contacts', 'accounting.invoices']),
			);
			expect(asked).not.toContain('accounting.contacts.read');
		});

		it('says after a consent that Xero granted less than was asked for', async () => {
			await saveKeys();
			await portal.sandbox.setFaults({ withholdScopes: ['accounting.payments'] });

			const landed = await connect();

			expect(landed.text).toContain('Xero granted less than was asked for');
			expect(landed.text).toContain('accounting.payments');
			expect((await owner.get(ORGANISATIONS)).text).toContain('1 scope missing');
		});

		it('says so to somebody without an account too', async () => {
			await saveKeys();
			await portal.sandbox.setFaults({ withholdScopes: ['accounting.payments'] });
			const made = await portal.hub.call('POST', '/api/v1/workspaces/acme/connect-links', {});

			const page = await (await fetch(made.body.url)).text();

			expect(page).toContain('Xero granted less than was asked for');
			expect(page).toContain('prepayments and overpayments: read and write');
		});
	});

	describe('the secrets of an organisation', () => {
		async function secretsPath(): Promise<string> {
			await saveKeys();
			await connect();
			const { html } = await owner.get(ORGANISATIONS);
			return /action="([^"]+\/secrets)"/.exec(html)?.[1] ?? '';
		}

		it('are shown in every format, kept by no cache, and noted in the audit log', async () => {
			const path = await secretsPath();

			const page = await owner.submit(await owner.get(ORGANISATIONS), path);

			expect(page.status).toBe(200);
			expect(page.headers.get('cache-control')).toBe('no-store');
			expect(page.html).toContain(`XERO_CLIENT_SECRET=${app.clientSecret}`);
			expect(page.html).toContain('PAN_SEC_XERO_TENANT_URL=');
			expect(page.html).toContain('&quot;webhookKey&quot;');
			expect(page.text).not.toMatch(/refresh_?token=/i);
			expect((await owner.get('/audit')).text).toContain('Secrets exported');
		});

		it('are a file to download', async () => {
			const path = await secretsPath();
			const page = await owner.submit(await owner.get(ORGANISATIONS), path);

			const file = await owner.submit(page, path, { format: 'pan' });

			expect(file.headers.get('content-disposition')).toBe('attachment; filename=xero-acme.env');
			expect(file.headers.get('cache-control')).toBe('no-store');
			expect(parseEnv(file.html)).toMatchObject({
				PAN_SEC_XERO_CLIENT_ID: app.clientId,
				PAN_SEC_XERO_WEBHOOK_KEY: app.webhookKey,
			});
		});

		it('are no business of somebody who only connects', async () => {
			const path = await secretsPath();
			const connector = await invited(
				portal,
				owner,
				{ name: 'Connector', email: 'connector@example.com', password: 'nine quiet bicycles' },
				{ role: 'connector', reach: 'all' },
			);
			const { html } = await connector.get(ORGANISATIONS);
			const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';

			const refused = await connector.post(path, { formToken });

			expect(html).not.toContain('/secrets"');
			expect(refused.status).toBe(403);
			expect(refused.html).not.toContain(app.clientSecret);
		});
	});
});
