import type { Browser, Page } from 'playwright-core';
import { portalPerson } from '../../support/portal/portalPerson';
import { provisionPortal } from '../../support/portal/provisionPortal';
import { startBrowser } from '../../support/portal/startBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

jest.setTimeout(2 * 60_000);

describe('lists with their detail, in a browser', () => {
	let browser: Browser;
	let portal: StartedPortal;
	let receiver: Receiver;
	let page: Page;

	beforeAll(async () => {
		[browser, portal, receiver] = await Promise.all([
			startBrowser(),
			startPortal({ autoConsent: 'first' }),
			startReceiver(),
		]);
		page = await browser.newPage({ viewport: WIDE, reducedMotion: 'reduce' });
		await portalPerson(page, portal).setUp();
		const { tenantId, apiKey } = await provisionPortal(portal, [receiver.url]);
		const url = `${receiver.url}/webhook/x`;
		await portal.hub.call('POST', '/api/v1/subscriptions', { url, events: ['*'] }, apiKey);
		await portal.sandbox.seed(tenantId, { contacts: 6, events: true });
		await receiver.until(6);
	}, 5 * 60_000);
	afterAll(async () => {
		await browser.close();
		await portal.close();
		await receiver.close();
	});

	const open = async (path: string, viewport = WIDE) => {
		await page.setViewportSize(viewport);
		await page.goto(`${portal.url}/w/acme${path}`);
	};
	const titles = () => page.locator('main .aside #detail-title').allTextContents();

	it.each(['/events', '/deliveries'])(
		'%s: a row opens beside the list, which stays',
		async (path) => {
			await open(path);
			const row = page.locator('[data-split] tbody th a').nth(3);
			const href = await row.getAttribute('href');

			await row.click();
			await page.locator('[data-split] tbody tr').nth(3).and(page.locator('.chosen')).waitFor();

			expect(new URL(page.url()).pathname).toBe(`/w/acme${path}`);
			expect(await titles()).toEqual(['Contact created']);
			await page
				.locator(`.aside :text("${String(href).split('/').at(-1)}")`)
				.first()
				.waitFor({
					state: 'attached',
				});
		},
	);

	it('j and k go from row to row, and open what they come to', async () => {
		await open('/events');

		await page.keyboard.press('j');
		await page.keyboard.press('j');
		await page.keyboard.press('j');
		await page.keyboard.press('k');
		await page.locator('[data-split] tbody tr').nth(1).and(page.locator('.chosen')).waitFor();

		const focused = await page.evaluate('document.activeElement.getAttribute("href")');
		expect(focused).toBe(await page.locator('[data-split] tbody th a').nth(1).getAttribute('href'));
	});

	it('the keyboard reaches the search, and the search finds', async () => {
		await open('/events');

		await page.keyboard.press('/');
		await page.keyboard.type('n8n');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'API keys' }).waitFor();

		expect(new URL(page.url()).pathname).toBe('/w/acme/search');
	});

	it.each(['/events', '/deliveries', '/catalogue', '/search?q=n8n', '/workflows', '/activity'])(
		'%s: nothing goes sideways on a phone, and a row is a page',
		async (path) => {
			await open(path, PHONE);

			const width = await page.evaluate('document.documentElement.scrollWidth');
			expect(width).toBeLessThanOrEqual(PHONE.width);
			if (path !== '/events') return;
			await page.locator('[data-split] tbody th a').first().click();
			await page.waitForURL(/\/events\/[\w-]+$/);
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
				PHONE.width,
			);
		},
	);

	it('JSON is folded and copied by a press', async () => {
		await open('/catalogue/invoice.paid');
		const json = page.locator('.json-block pre');
		const record = json.locator('details').nth(1);

		const wasOpen = await record.getAttribute('open');
		await record.locator('> summary').click();

		expect(wasOpen).not.toBeNull();
		expect(await record.getAttribute('open')).toBeNull();
		await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await page.locator('[data-copy-json]').click();
		await page.locator('[data-copy-json].copied').waitFor();
		const copied = JSON.parse(await page.evaluate('navigator.clipboard.readText()'));
		expect(copied).toMatchObject({ type: 'invoice.paid', record: { Status: 'PAID' } });
	});
});
