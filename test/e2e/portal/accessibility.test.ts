import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { formBrowser } from '../../support/portal/formBrowser';
import { OWNER } from '../../support/portal/portalPerson';
import { portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal } from '../../support/portal/provisionPortal';
import { startBrowser } from '../../support/portal/startBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';

const BROWSER_TIMEOUT_MS = 15 * 60_000;

/** axe looks at a page for about a second, and there are forty. */
jest.setTimeout(3 * 60_000);

const LOOKS: ReadonlyArray<readonly [string, BrowserContextOptions]> = [
	['light', { colorScheme: 'light' }],
	['dark', { colorScheme: 'dark' }],
	['on a phone', { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }],
];

describe.each(LOOKS)('every page, %s', (_look, options) => {
	let browser: Browser;
	let portal: StartedPortal;
	let receiver: Receiver;
	let page: Page;
	let paths: string[];

	beforeAll(async () => {
		browser = await startBrowser();
		[portal, receiver] = await Promise.all([
			startPortal({ autoConsent: 'first' }),
			startReceiver(),
		]);
		paths = await furnish();
		const context = await browser.newContext(options);
		page = await context.newPage();
		await page.goto(`${portal.url}/sign-in`);
		await page.getByLabel('Email address').fill(OWNER.email);
		await page.getByLabel('Password').fill(OWNER.password);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.getByRole('heading', { name: 'Workspaces', exact: true }).waitFor();
	}, BROWSER_TIMEOUT_MS);

	afterAll(async () => {
		await browser.close();
		await portal.close();
		await receiver.close();
	});

	/** Something on every page, and one workspace with nothing. @returns the pages */
	async function furnish(): Promise<string[]> {
		const owner = await portalOwner(portal);
		const { tenantId, apiKey } = await provisionPortal(portal, [receiver.url]);
		const { call } = portal.hub;
		await call('POST', '/api/v1/workspaces', { name: 'Empty' });
		await call(
			'POST',
			'/api/v1/subscriptions',
			{ url: `${receiver.url}/x`, events: ['*'] },
			apiKey,
		);
		await portal.sandbox.seed(tenantId, { contacts: 2, events: true });
		await receiver.until(2);
		const first = async (list: string) => {
			const { html } = await owner.get(list);
			const found = new RegExp(`href="(${list}/[\\w-]{30,})"`).exec(html)?.[1];
			if (found === undefined) throw new Error(`Nothing is listed at ${list}`);
			return found;
		};
		return [
			'/',
			'/workspaces/new',
			'/people',
			await first('/people'),
			'/audit',
			'/audit?check=1',
			'/account',
			'/nowhere',
			...[
				'',
				'/organisations',
				'/events',
				'/deliveries',
				'/activity',
				'/app-keys',
				'/api-keys',
				'/settings',
				'/records/invoices',
			].flatMap((path) => [`/w/acme${path}`, `/w/empty${path}`]),
			...['bills', 'contacts', 'payments', 'bank-transactions', 'accounts'].map(
				(kind) => `/w/acme/records/${kind}`,
			),
			'/w/acme/connected',
			'/w/acme/records/invoices?q=nothing-like-this',
			await first('/w/acme/events'),
			await first('/w/acme/deliveries'),
		];
	}

	it('has no serious fault for people who see, hear or move differently', async () => {
		for (const path of paths) {
			await page.goto(portal.url + path);
			expect([path, await faults()]).toEqual([path, []]);
		}
	});

	it('fits into the window', async () => {
		for (const path of paths) {
			await page.goto(portal.url + path);
			const overflow = await page.evaluate(
				'document.documentElement.scrollWidth - document.documentElement.clientWidth',
			);
			expect([path, overflow]).toEqual([path, 0]);
		}
	});

	it('has one heading of the first rank, and a title of its own', async () => {
		const titles = new Set<string>();
		for (const path of paths) {
			await page.goto(portal.url + path);
			expect([path, await page.locator('h1').count()]).toEqual([path, 1]);
			titles.add(await page.title());
		}
		expect(titles.size).toBeGreaterThan(20);
	});

	it('is as good at the door', async () => {
		const context = await browser.newContext(options);
		const signedIn = page;
		page = await context.newPage();
		const made = await invitation();
		for (const path of ['/sign-in', made, '/join/unknown']) {
			await page.goto(portal.url + path);
			expect([path, await faults()]).toEqual([path, []]);
		}
		await page.goto(`${portal.url}/sign-in`);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.getByText('Enter your email address.').waitFor();
		expect(await faults()).toEqual([]);
		await context.close();
		page = signedIn;
	});

	async function invitation(): Promise<string> {
		const owner = formBrowser(portal.url);
		await owner.submit(await owner.get('/sign-in'), '/sign-in', {
			email: OWNER.email,
			password: OWNER.password,
		});
		const made = await owner.submit(await owner.get('/people'), '/people/invite', {
			role: 'viewer',
			reach: 'all',
		});
		return new URL(/http[^"]*\/join\/[\w-]+/.exec(made.html)?.[0] ?? '').pathname;
	}

	/** What axe finds serious or critical. */
	async function faults(): Promise<string[]> {
		await page.evaluate(axe.source);
		const { violations, passes } = await page.evaluate<axe.AxeResults>('axe.run()');
		expect(passes.length).toBeGreaterThan(10);
		return violations
			.filter(({ impact }) => impact === 'serious' || impact === 'critical')
			.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
	}
});
