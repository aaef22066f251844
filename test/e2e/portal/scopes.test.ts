import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { portalPerson } from '../../support/portal/portalPerson';
import { startBrowser } from '../../support/portal/startBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

/** A browser may have to be installed first. */
const BROWSER_TIMEOUT_MS = 15 * 60_000;

jest.setTimeout(2 * 60_000);

describe('somebody who chooses what the hub asks Xero for', () => {
	let browser: Browser;
	let portal: StartedPortal;
	let page: Page;
	beforeAll(async () => {
		[browser, portal] = await Promise.all([startBrowser(), startPortal()]);
		const context = await browser.newContext({ reducedMotion: 'reduce' });
		await context.addInitScript(axe.source);
		page = await context.newPage();
	}, BROWSER_TIMEOUT_MS);
	afterAll(async () => {
		await browser.close();
		await portal.close();
	});

	const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
	const level = (area: string, name: string) =>
		page
			.getByRole('group', { name: new RegExp(`^${area} `) })
			.getByRole('radio', { name, exact: true });

	/** What axe finds serious or critical. */
	async function faults(): Promise<string[]> {
		const { violations, passes } = await page.evaluate<axe.AxeResults>('axe.run()');
		expect(passes.length).toBeGreaterThan(10);
		return violations
			.filter(({ impact }) => impact === 'serious' || impact === 'critical')
			.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
	}

	it('ticks, saves, connects, sees what is missing, and adds it by connecting again', async () => {
		const person = portalPerson(page, portal);
		await person.setUp();
		await person.createWorkspace('Acme');
		await person.saveAppKeys('acme', await portal.createApp());

		await page.getByRole('link', { name: 'Choose scopes' }).click();
		await level('Budgets', 'Off').check();
		await level('Contacts and contact groups', 'Read').check();
		await press('Save');
		await page.getByText('The scopes were saved.').waitFor();
		await person.connect('acme');
		await page.goto(`${portal.url}/w/acme/organisations`);
		await page.getByText('All granted').waitFor();

		await page.getByRole('link', { name: 'Scopes', exact: true }).click();
		await page.getByRole('link', { name: 'Everything these nodes can do' }).click();
		await page.getByText('Not saved yet.').waitFor();
		await press('Save');
		await page.getByText(/scopes missing/).click();
		await page.getByText('Budgets: read').waitFor();
		await page.getByText(/Stopped until then:.*Contact \(Add Note/).waitFor();
		expect(await faults()).toEqual([]);
		await press(/^Add scopes/);
		await page.getByText('Permissions asked for').click();
		await page.getByText('accounting.budgets.read').waitFor();
		await press('Allow access');
		await page.waitForURL(/\/w\/acme\/connected/);

		await page.goto(`${portal.url}/w/acme/organisations`);
		await page.getByText('All granted').waitFor();
	});

	it('finds the actions of an organisation in a menu, and its secrets behind them', async () => {
		await page.getByRole('button', { name: /^Actions for/ }).click();
		expect(await faults()).toEqual([]);
		await press(/^Export secrets/);

		await page.getByRole('heading', { name: /^Secrets of/ }).waitFor();
		expect(await faults()).toEqual([]);
		const file = await page.getByRole('textbox', { name: 'Pandium' }).inputValue();
		expect(file).toMatch(/^PAN_SEC_XERO_ACCESS_TOKEN=\S+\nPAN_SEC_XERO_SCOPE='/);
	});

	it('is told what a scope for approved apps needs, and must say that the app has it', async () => {
		await page.goto(`${portal.url}/w/acme/app-keys/scopes`);
		await page.getByText('Finance API', { exact: true }).click();
		await page.getByText('For lenders and other finance partners').waitFor();
		await level('Cash validation', 'Read').check();

		await press('Save');

		await page.getByText('Some of what you ticked is for approved apps only.').waitFor();
		expect(await level('Cash validation', 'Read').isChecked()).toBe(true);
		expect(await faults()).toEqual([]);
	});
});
