import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { portalPerson } from '../../test/support/portal/portalPerson';
import { startBrowser } from '../../test/support/portal/startBrowser';
import { startPortal } from '../../test/support/portal/startPortal';
import { startReceiver } from '../../test/support/receiver';

const FOLDER = join(__dirname, '..', '..', 'documentation', 'screenshots');

const DESKTOP = { viewport: { width: 1280, height: 860 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };

/** Name of the picture, path in the portal. */
const PICTURES: ReadonlyArray<readonly [name: string, path: string]> = [
	['portal-set-up', '/w/kowhai-cafe'],
	['portal-workspace', '/w/harbour-street-bakery'],
	['portal-invoices', '/w/harbour-street-bakery/records/invoices'],
	['portal-organisations', '/w/harbour-street-bakery/organisations'],
	['portal-deliveries', '/w/harbour-street-bakery/deliveries'],
	['portal-activity', '/w/harbour-street-bakery/activity'],
	['portal-app-keys', '/w/harbour-street-bakery/app-keys'],
	['portal-people', '/people'],
	['portal-audit', '/audit'],
	['portal-sign-in', '/sign-in'],
];

/** Takes the README's pictures of the portal: `node --import tsx examples/demo/takePortalScreenshots.ts`. */
async function take(): Promise<void> {
	const [portal, receiver] = await Promise.all([startPortal(), startReceiver()]);
	const browser = await startBrowser();
	try {
		const state = await play(browser, portal, receiver.url);
		for (const [name, path] of PICTURES) {
			const storageState = name === 'portal-sign-in' ? { cookies: [], origins: [] } : state;
			const looks: ReadonlyArray<readonly [string, BrowserContextOptions]> = [
				['', { ...DESKTOP, colorScheme: 'light' }],
				['-dark', { ...DESKTOP, colorScheme: 'dark' }],
				['-phone', { ...PHONE, colorScheme: 'light' }],
			];
			for (const [suffix, options] of looks) {
				const context = await browser.newContext({ ...options, storageState });
				const page = await context.newPage();
				await page.goto(portal.url + path);
				await page.screenshot({ path: join(FOLDER, `${name}${suffix}.png`) });
				await context.close();
			}
		}
	} finally {
		await browser.close();
		await portal.close();
		await receiver.close();
	}
}

/** A first day: an owner, a workspace that is connected and works, and one that is just begun. */
async function play(
	browser: Browser,
	portal: Awaited<ReturnType<typeof startPortal>>,
	workflowUrl: string,
) {
	const context = await browser.newContext(DESKTOP);
	const page = await context.newPage();
	const owner = portalPerson(page, portal);
	await owner.setUp();
	await owner.createWorkspace('Kōwhai Café');
	await owner.createWorkspace('Harbour Street Bakery');
	const slug = 'harbour-street-bakery';
	const app = await portal.createApp();
	await owner.saveAppKeys(slug, app);
	await owner.connect(slug);

	const { call } = portal.hub;
	await call('PATCH', `/api/v1/workspaces/${slug}`, { n8nBaseUrls: [workflowUrl] });
	await portal.sandbox.setWebhook(app.clientId, `${portal.url}/webhooks/xero/${slug}`);
	const { body } = await call('POST', `/api/v1/workspaces/${slug}/api-keys`, { name: 'n8n' });
	await call(
		'POST',
		'/api/v1/subscriptions',
		{ url: `${workflowUrl}/webhook/xero`, events: ['*'] },
		body.key,
	);
	const { items } = (await call('GET', '/api/v1/connections', undefined, body.key)).body;
	await portal.sandbox.seed(items[0].tenantId, { contacts: 3, invoices: 4, events: true });
	await page.goto(`${portal.url}/w/${slug}/activity`);
	await page.getByText('Delivered').first().waitFor();
	const state = await context.storageState();
	await context.close();
	return state;
}

void take();
