import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { portalPerson } from '../../test/support/portal/portalPerson';
import { startBrowser } from '../../test/support/portal/startBrowser';
import { startPortal } from '../../test/support/portal/startPortal';
import { eventually } from '../../test/support/eventually';
import { startReceiver } from '../../test/support/receiver';
import { revokeConsent } from '../../test/support/revokeConsent';

const FOLDER = join(__dirname, '..', '..', 'documentation', 'screenshots');

const DESKTOP = { viewport: { width: 1280, height: 800 } };

const LOOKS = {
	light: { ...DESKTOP, colorScheme: 'light' },
	dark: { ...DESKTOP, colorScheme: 'dark' },
	phone: { viewport: { width: 390, height: 780 }, deviceScaleFactor: 1.5, colorScheme: 'light' },
} as const satisfies Record<string, BrowserContextOptions>;

/** The hub's usual address, so that the pictures show it. */
const PORT = 8787;

const PICTURES: ReadonlyArray<readonly [name: string, path: string, look: keyof typeof LOOKS]> = [
	['portal-set-up', '/w/kowhai-cafe', 'light'],
	['portal-set-up-phone', '/w/kowhai-cafe', 'phone'],
	['portal-workspace', '/w/harbour-street-bakery', 'light'],
	['portal-workspace-dark', '/w/harbour-street-bakery', 'dark'],
	['portal-invoices', '/w/harbour-street-bakery/records/invoices', 'light'],
	['portal-invoices-dark', '/w/harbour-street-bakery/records/invoices', 'dark'],
	['portal-invoices-phone', '/w/harbour-street-bakery/records/invoices', 'phone'],
	['portal-workspaces', '/', 'light'],
	['portal-events', '/w/harbour-street-bakery/events', 'light'],
	['portal-events-phone', '/w/harbour-street-bakery/events', 'phone'],
	['portal-events-dark', '/w/harbour-street-bakery/events', 'dark'],
	['portal-deliveries', '/w/harbour-street-bakery/deliveries', 'light'],
	['portal-scopes', '/w/harbour-street-bakery/app-keys/scopes', 'light'],
	['portal-organisations', '/w/harbour-street-bakery/organisations', 'light'],
	['portal-activity', '/w/harbour-street-bakery/activity', 'light'],
	['portal-delivery', 'a delivery', 'light'],
	['portal-app-keys', '/w/harbour-street-bakery/app-keys', 'light'],
	['portal-audit', '/audit', 'light'],
];

/** Taken after something went wrong. */
const TROUBLED: typeof PICTURES = [['portal-alerts', '/w/harbour-street-bakery', 'light']];

/** Takes the README's pictures of the portal: `node --import tsx examples/demo/takePortalScreenshots.ts`. */
async function take(): Promise<void> {
	let status = 200;
	const [portal, receiver] = await Promise.all([
		startPortal({ port: PORT }),
		startReceiver((_request, response) => response.writeHead(status).end()),
	]);
	const browser = await startBrowser();
	try {
		const { state, app, apiKey, tenantId } = await play(browser, portal, receiver.url);
		const takeAll = async (pictures: typeof PICTURES) => {
			for (const [name, path, look] of pictures) {
				const context = await browser.newContext({ ...LOOKS[look], storageState: state });
				const page = await context.newPage();
				if (path.startsWith('/')) await page.goto(portal.url + path);
				else {
					await page.goto(`${portal.url}/w/harbour-street-bakery/deliveries`);
					const link = page.getByRole('rowheader').getByRole('link').first();
					await page.goto(portal.url + ((await link.getAttribute('href')) ?? ''));
				}
				// Names come a moment later: Xero is asked for them behind the page.
				if (path.endsWith('/events')) await page.getByText('INV-').first().waitFor();
				await page.screenshot({ path: join(FOLDER, `${name}.png`) });
				await context.close();
			}
		};
		await takeAll(PICTURES);

		status = 404;
		const { call } = portal.hub;
		const waiting = async () => {
			const path = '/api/v1/deliveries?status=pending';
			const { items } = (await call('GET', path, undefined, apiKey)).body;
			return (items as { attempt: number }[]).filter(({ attempt }) => attempt > 0).length;
		};
		// One after the other: those that are in flight together are one outage.
		for (let failures = 1; failures <= 5; failures += 1) {
			await portal.sandbox.seed(tenantId, { contacts: 1, events: true });
			await eventually(`failure ${failures}`, async () =>
				(await waiting()) >= failures ? true : undefined,
			);
		}
		const alerts = async () => (await call('GET', '/api/v1/alerts', undefined, apiKey)).body.items;
		await eventually('the workflow to fail', async () => (await alerts())[0]);
		await revokeConsent(portal.sandbox, app);
		await portal.sandbox.setFaults({ expireTokens: true });
		await call('GET', `/api/v1/xero/${tenantId}/api.xro/2.0/Organisation`, undefined, apiKey);
		await takeAll(TROUBLED);
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
	const { tenantId } = items[0];
	await portal.sandbox.seed(tenantId, { contacts: 3, invoices: 4, events: true });
	await page.goto(`${portal.url}/w/${slug}/activity`);
	await page.getByText('Delivered').first().waitFor();
	const state = await context.storageState();
	await context.close();
	return { state, app, apiKey: body.key as string, tenantId };
}

void take();
