import type { Browser, Page } from 'playwright-core';
import { portalPerson } from '../../support/portal/portalPerson';
import { startBrowser } from '../../support/portal/startBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

jest.setTimeout(3 * 60_000);

describe('the frame of the portal', () => {
	let browser: Browser;
	let portal: StartedPortal;
	let page: Page;

	beforeAll(async () => {
		[browser, portal] = await Promise.all([startBrowser(), startPortal()]);
		page = await (await browser.newContext()).newPage();
		const owner = portalPerson(page, portal);
		await owner.setUp();
		await owner.createWorkspace('Acme');
	});

	afterAll(async () => {
		await browser.close();
		await portal.close();
	});

	it('has keys that go where they say, are listed by "?", and write what is typed in a field', async () => {
		await page.goto(`${portal.url}/w/acme`);
		await page.keyboard.press('?');
		await page.getByRole('heading', { name: 'Keys', exact: true }).waitFor();
		await page.keyboard.press('Escape');

		await page.keyboard.press('g');
		await page.keyboard.press('e');
		await page.waitForURL('**/w/acme/events');

		await page.goto(`${portal.url}/w/acme/settings`);
		await page.getByLabel('Name', { exact: true }).fill('');
		await page.keyboard.type('ge?');
		expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('ge?');
		expect(page.url()).toBe(`${portal.url}/w/acme/settings`);
	});

	it('has keys that can be switched off, and stay off on the next page', async () => {
		await page.goto(`${portal.url}/w/acme`);
		await page.getByRole('button', { name: 'Keys', exact: true }).click();
		await page.getByLabel('Use these keys').uncheck();
		await page.goto(`${portal.url}/w/acme/activity`);

		await page.keyboard.press('?');

		expect(await page.getByRole('heading', { name: 'Keys', exact: true }).isVisible()).toBe(false);
		await page.getByRole('button', { name: 'Keys', exact: true }).click();
		await page.getByLabel('Use these keys').check();
		await page.keyboard.press('Escape');
		await page.keyboard.press('?');
		await page.getByRole('heading', { name: 'Keys', exact: true }).waitFor();
	});

	it('keeps the theme that was chosen', async () => {
		await page.goto(`${portal.url}/w/acme`);
		await page.getByRole('button', { name: 'Theme: system' }).click();
		await page.getByRole('button', { name: 'Theme: light' }).click();
		await page.goto(`${portal.url}/w/acme/activity`);

		await page.getByRole('button', { name: 'Theme: dark' }).waitFor();
		expect(await page.evaluate('getComputedStyle(document.body).colorScheme')).toBe('dark');
	});

	it('asks for one font file, once', async () => {
		const fonts: string[] = [];
		const fresh = await (await browser.newContext()).newPage();
		fresh.on('request', (request) => {
			if (request.resourceType() === 'font') fonts.push(request.url());
		});

		await fresh.goto(`${portal.url}/sign-in`);
		await fresh.evaluate('document.fonts.ready.then(() => undefined)');

		expect(new Set(fonts).size).toBe(1);
		expect(fonts[0]).toMatch(/inter-latin\.woff2\?v=/);
	});
});
