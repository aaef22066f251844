import type { Browser, Page } from 'playwright-core';
import { eventually } from '../../support/eventually';
import { OWNER } from '../../support/portal/portalPerson';
import { portalOwner } from '../../support/portal/portalOwner';
import { startBrowser } from '../../support/portal/startBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';

/** A browser may have to be installed first. */
const BROWSER_TIMEOUT_MS = 15 * 60_000;

jest.setTimeout(2 * 60_000);

describe('a client without an account who connects by a link', () => {
	let browser: Browser;
	let portal: StartedPortal;
	let receiver: Receiver;
	let member: Page;
	beforeAll(async () => {
		[browser, portal, receiver] = await Promise.all([
			startBrowser(),
			startPortal(),
			startReceiver((_request, response) => response.end()),
		]);
		await portalOwner(portal);
		member = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
		await member.goto(`${portal.url}/sign-in`);
		await member.getByLabel('Email address').fill(OWNER.email);
		await member.getByLabel('Password', { exact: true }).fill(OWNER.password);
		await member.getByRole('button', { name: 'Sign in', exact: true }).click();
		await member.getByRole('heading', { name: 'Workspaces', exact: true }).waitFor();
	}, BROWSER_TIMEOUT_MS);
	afterAll(async () => {
		await browser.close();
		await portal.close();
		await receiver.close();
	});

	it('is held until a member confirms, and then its events flow', async () => {
		const { call } = portal.hub;
		const app = await portal.createApp();
		await call('POST', '/api/v1/workspaces', { name: 'Acme', n8nBaseUrls: [receiver.url] });
		const { clientId, clientSecret, webhookKey } = app;
		const keys = { clientId, clientSecret, webhookKey };
		await call('PUT', '/api/v1/workspaces/acme/app-keys', keys);
		const { body: key } = await call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'n8n' });
		const wish = { url: `${receiver.url}/webhook/1`, events: ['*'] };
		await call('POST', '/api/v1/subscriptions', wish, key.key);
		await portal.sandbox.setWebhook(clientId, `${portal.url}/webhooks/xero/acme`);

		await member.goto(`${portal.url}/w/acme/organisations`);
		await member.getByRole('button', { name: 'Make a connect link' }).click();
		const link = await member.getByLabel('Connect link', { exact: true }).inputValue();

		const client = await (await browser.newContext()).newPage();
		await client.goto(link);
		await client.getByRole('button', { name: 'Allow access' }).click();
		await client.getByText('wait until somebody of Acme confirms them').waitFor();

		await member.goto(`${portal.url}/w/acme/organisations`);
		await member.getByText('Waits to be confirmed').first().waitFor();
		const [organisation] = (await call('GET', '/api/v1/connections', undefined, key.key)).body
			.items;
		const change = () =>
			portal.sandbox.sendWebhooks(clientId, [
				{
					...{ tenantId: organisation.tenantId, eventCategory: 'INVOICE', eventType: 'UPDATE' },
					resourceId: '12121212-1212-4212-8212-121212121212',
				},
			]);
		await change();
		const events = async () =>
			(await call('GET', '/api/v1/events', undefined, key.key)).body.items as unknown[];
		expect(await events()).toEqual([]);

		await member.getByRole('button', { name: /^Confirm/ }).click();
		await member.getByText('Confirmed: workflows can reach the organisation now.').waitFor();
		await change();

		await eventually('the event', async () => receiver.received.length > 0);
		expect(await events()).toHaveLength(1);
		await client.goto(link);
		await client.getByRole('heading', { name: 'This link has ended' }).waitFor();
	});
});
