import type { Browser, Page } from 'playwright-core';
import { OWNER } from '../../support/portal/portalPerson';
import { portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startBrowser } from '../../support/portal/startBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

/** A browser may have to be installed first. */
const BROWSER_TIMEOUT_MS = 15 * 60_000;

jest.setTimeout(2 * 60_000);

const PHONE = { width: 360, height: 740 };

describe('a new user who maps values', () => {
	let browser: Browser;
	let portal: StartedPortal;
	let acme: ProvisionedPortal;
	let page: Page;
	beforeAll(async () => {
		[browser, portal] = await Promise.all([startBrowser(), startPortal({ autoConsent: 'first' })]);
		await portalOwner(portal);
		acme = await provisionPortal(portal);
		page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
		await page.goto(`${portal.url}/sign-in`);
		await page.getByLabel('Email address').fill(OWNER.email);
		await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
		await page.getByRole('button', { name: 'Sign in', exact: true }).click();
		await page.getByRole('heading', { name: 'Workspaces', exact: true }).waitFor();
	}, BROWSER_TIMEOUT_MS);
	afterAll(async () => {
		await browser.close();
		await portal.close();
	});

	const resolve = async () => {
		const on = { direction: 'sales' } as const;
		const values = [
			{ kind: 'account', key: 'Sales', where: 'order 1042, line 1', ...on },
			{ kind: 'account', key: 'FREIGHT-OUT', where: 'order 1042, line 2', ...on },
			{ kind: 'tax_rate', key: 'VAT 15', where: 'order 1042, line 1', ...on },
		];
		const path = `/api/v1/mappings/${acme.tenantId}/resolve`;
		const { body } = await portal.hub.call(
			...(['POST', path, { system: 'shop', values }, acme.apiKey] as const),
		);
		const resolved = body.values as readonly { state: string; value?: string }[];
		return resolved.map(({ state, value }) => value ?? state);
	};
	/** For looking at: `SCREENSHOTS=folder`. */
	const shoot = async (name: string) => {
		const folder = process.env['SCREENSHOTS'];
		if (folder === undefined) return;
		await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
		await page.emulateMedia({ colorScheme: 'dark' });
		await page.screenshot({ path: `${folder}/${name}-dark.png`, fullPage: true });
		await page.emulateMedia({ colorScheme: 'light' });
		await page.setViewportSize(PHONE);
		await page.screenshot({ path: `${folder}/${name}-phone.png`, fullPage: true });
		await page.setViewportSize({ width: 1280, height: 720 });
	};
	const overflow = async () => {
		await page.setViewportSize(PHONE);
		const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
		await page.setViewportSize({ width: 1280, height: 720 });
		return beyond;
	};

	it('finds three unmapped values, takes what is suggested or chooses, and everything resolves', async () => {
		expect(await resolve()).toEqual(['unmapped', 'unmapped', 'unmapped']);

		await page.goto(`${portal.url}/w/acme`);
		await page.getByRole('link', { name: 'Mapping', exact: true }).click();
		await page.getByText('3 values wait to be mapped.').waitFor();
		await shoot('mapping-accounts');
		expect(await overflow()).toBe(0);
		await page.getByLabel('In Xero, FREIGHT-OUT is').selectOption({ label: '260 – Other Revenue' });
		await page.getByRole('button', { name: 'Save these mappings' }).click();
		await page.getByText('Saved.').waitFor();
		await page.getByRole('link', { name: /^Tax rates/ }).click();
		await page.getByRole('heading', { name: 'Not mapped yet' }).waitFor();
		await shoot('mapping-taxes');
		await page.getByRole('button', { name: 'Save these mappings' }).click();
		await page.getByText('Everything that was used so far is mapped.').waitFor();
		await shoot('mapping-done');

		expect(await resolve()).toEqual(['200', '260', 'OUTPUT2']);
	});

	it('is told what Xero broke, and chooses again', async () => {
		const xero = `/api/v1/xero/${acme.tenantId}/api.xro/2.0/Accounts`;
		const headers = {
			authorization: `Bearer ${acme.apiKey}`,
			...{ accept: 'application/json', 'content-type': 'application/json' },
		};
		const url = `${portal.hub.hub.url}${xero}`;
		const { Accounts: accounts } = (await (await fetch(url, { headers })).json()) as {
			Accounts: { AccountID: string; Code: string }[];
		};
		const { AccountID } = accounts.find(({ Code }) => Code === '260')!;
		await fetch(`${url}/${AccountID}`, {
			...{ method: 'POST', headers },
			body: JSON.stringify({ AccountID, Status: 'ARCHIVED' }),
		});
		// A check by a person's hand: mapping anew asks Xero at once.
		await portal.hub.call(
			'PUT',
			`/api/v1/mappings/${acme.tenantId}/account/probe`,
			{ value: 'none' },
			acme.apiKey,
		);
		expect(await resolve()).toContain('broken');

		await page.goto(`${portal.url}/w/acme`);
		await page.getByRole('link', { name: 'Choose again' }).click();
		await page.getByText('the account is archived').first().waitFor();
		await shoot('mapping-broken');
		await page.getByLabel('In Xero, FREIGHT-OUT is').selectOption({ label: '200 – Sales' });
		await page.getByRole('button', { name: 'Save what broke' }).click();
		await page.getByText('Everything that was used so far is mapped.').waitFor();

		expect(await resolve()).toEqual(['200', '200', 'OUTPUT2']);
	});
});
