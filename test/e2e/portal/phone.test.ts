import type { Browser, Page } from 'playwright-core';
import { OWNER } from '../../support/portal/portalPerson';
import { portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startBrowser } from '../../support/portal/startBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';

/** A browser may have to be installed first. */
const BROWSER_TIMEOUT_MS = 15 * 60_000;

jest.setTimeout(2 * 60_000);

const PHONE = { width: 360, height: 740 };

describe('the portal on a phone', () => {
	let browser: Browser;
	let portal: StartedPortal;
	let receiver: Receiver;
	let workspace: ProvisionedPortal;
	let page: Page;

	beforeAll(async () => {
		[browser, portal, receiver] = await Promise.all([
			startBrowser(),
			startPortal({ autoConsent: 'first' }),
			startReceiver(),
		]);
		await portalOwner(portal);
		workspace = await provisionPortal(portal, [receiver.url]);
		await portal.hub.call(
			'POST',
			'/api/v1/subscriptions',
			{ url: `${receiver.url}/webhook/${'0'.repeat(36)}/webhook`, events: ['*'] },
			workspace.apiKey,
		);
		await portal.sandbox.seed(workspace.tenantId, { invoices: 3, contacts: 1, events: true });
		await receiver.until(1);
		page = await (await browser.newContext({ viewport: PHONE })).newPage();
		await page.goto(`${portal.url}/sign-in`);
		await page.getByLabel('Email address').fill(OWNER.email);
		await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
		await page.getByRole('button', { name: 'Sign in', exact: true }).click();
		await page.getByRole('heading', { name: 'Workspaces', exact: true }).waitFor();
	}, BROWSER_TIMEOUT_MS);
	afterAll(async () => {
		await browser.close();
		await portal.close();
		await receiver.close();
	});

	const open = (path: string) => page.goto(`${portal.url}${path}`);

	/** Of the last cell in view: how far it reaches beyond the right edge, in pixels. */
	async function beyondEdge(column: string): Promise<number> {
		const box = await page.getByRole('columnheader', { name: column, exact: true }).boundingBox();
		if (box === null) throw new Error(`No column ${column}`);
		return Math.max(0, Math.ceil(box.x + box.width - PHONE.width));
	}

	it.each([
		['/audit', 'What'],
		['/w/acme/records/invoices', 'Status'],
		['/w/acme/deliveries', 'Status'],
		['/w/acme/events', 'Received'],
	])('shows of %s the column %s whole', async (path, column) => {
		await open(path);

		expect(await beyondEdge(column)).toBe(0);
	});

	it('shows what became of an event, however long the address of its workflow', async () => {
		await open('/w/acme/events');
		await page.locator('tbody th a').first().click();
		await page.locator('#original').waitFor();

		const delivery = await page.getByRole('list').filter({ hasText: 'webhook' }).boundingBox();
		expect((delivery?.x ?? 0) + (delivery?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
	});

	it('brings the tab of the records that are shown into view', async () => {
		await open('/w/acme/records/accounts');

		const box = await page.locator('.tabs [aria-current]').boundingBox();

		expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
	});

	it('asks how many organisations only of whoever has a number', async () => {
		await open('/w/acme/app-keys');
		const number = page.getByLabel('How many organisations');
		expect(await number.isVisible()).toBe(false);

		await page.getByLabel('Tier of the app').selectOption('number');

		expect(await number.isVisible()).toBe(true);
	});

	it('asks once before a key ends', async () => {
		await open('/w/acme/api-keys');
		page.once('dialog', (dialog) => void dialog.accept());

		await page.getByRole('button', { name: 'Revoke' }).first().click();

		await page.getByText('The key was revoked.').waitFor();
	});
});
