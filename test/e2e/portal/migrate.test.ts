import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { eventually } from '../../support/eventually';
import { portalPerson } from '../../support/portal/portalPerson';
import { startBrowser } from '../../support/portal/startBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const MINUTE_MS = 60_000;

describe('links, as a new user brings them', () => {
	let browser: Browser;
	let portal: StartedPortal;
	let page: Page;
	beforeAll(async () => {
		[browser, portal] = await Promise.all([startBrowser(), startPortal()]);
		page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
	}, 5 * MINUTE_MS);
	afterAll(async () => {
		await browser.close();
		await portal.close();
	});

	const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
	const waitFor = (text: string | RegExp) => page.getByText(text).first().waitFor();
	/** For whoever looks at the pages: `SCREENSHOTS=<folder>`. */
	async function picture(name: string): Promise<void> {
		const folder = process.env['SCREENSHOTS'];
		if (folder === undefined) return;
		mkdirSync(folder, { recursive: true });
		await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
	}

	it(
		'are imported from a file, tried, migrated, and taken back',
		async () => {
			const person = portalPerson(page, portal);
			await person.setUp();
			await person.createWorkspace('Acme');
			await person.saveAppKeys('acme', await portal.createApp());
			await person.connect('acme');
			const { key } = (
				await portal.hub.call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'test' })
			).body;
			const [connection] = (await portal.hub.call('GET', '/api/v1/connections', undefined, key))
				.body.items;
			const { tenantId } = connection;
			await portal.sandbox.seed(tenantId, { contacts: 3 });
			const contacts = await fetch(
				`${portal.url}/api/v1/xero/${tenantId}/api.xro/2.0/Contacts?page=1`,
				{ headers: { authorization: `Bearer ${key}`, accept: 'application/json' } },
			);
			const { Contacts } = (await contacts.json()) as { Contacts: { ContactID: string }[] };

			await page.goto(`${portal.url}/w/acme/links`);
			await waitFor('No link yet');
			await picture('links-empty');
			await page.getByRole('link', { name: 'Import links' }).click();
			const ids = [...Contacts.slice(0, 3).map((one) => one.ContactID), GONE];
			const rows = ids.map((id, index) => `contact,customer-${index},${id}`);
			await page.getByLabel('CSV file').setInputFiles({
				name: 'links.csv',
				mimeType: 'text/csv',
				buffer: Buffer.from(['entity,externalId,xeroId', ...rows, 'contact,bad,no-id'].join('\n')),
			});
			await page.getByLabel('System of rows that name none').fill('crm');
			await press('Import');
			await waitFor('Row 6: "no-id" is no id of Xero');
			await picture('import-refused');

			const field = page.getByLabel('Rows', { exact: true });
			await field.fill((await field.inputValue()).replace('contact,bad,no-id', ''));
			await press('Import');
			await waitFor('4 links have no organisation yet');
			await press('Try it: change nothing');
			await waitFor('Tried: nothing was changed.');
			await waitFor(/It would take \d+ calls? to Xero/);
			await picture('migrate-tried');

			await press('Migrate');
			await eventually('the migration to end', async () => {
				await page.reload();
				return (
					(await page.getByText('3 found, 1 not in this organisation').count()) > 0 || undefined
				);
			});
			await waitFor('1 link has no organisation yet');
			await picture('migrated');
			await page.goto(`${portal.url}/w/acme/links?organisation=${tenantId}`);
			expect(await page.getByRole('rowheader').count()).toBe(3);
			await picture('links');

			await page.goto(`${portal.url}/w/acme/links/migrate`);
			await press(/^Take back/);
			await press('Take them back');
			await waitFor('The links were taken back.');
			await waitFor('4 links have no organisation yet');
			await picture('taken-back');

			await page.goto(`${portal.url}/w/acme/links`);
			await press(/^Remove the link of customer-/);
			await waitFor('Both records stay as they are.');
			await press('Remove the link');
			await waitFor('The link was removed.');
			expect(await page.getByRole('rowheader').count()).toBe(3);
		},
		3 * MINUTE_MS,
	);
});

const GONE = '00000000-0000-4000-8000-00000000abcd';
