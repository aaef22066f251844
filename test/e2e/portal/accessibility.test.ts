import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { eventually } from '../../support/eventually';
import type { FormBrowser } from '../../support/portal/formBrowser';
import { OWNER } from '../../support/portal/portalPerson';
import { portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { putGap } from '../../support/portal/putGap';
import { putRun } from '../../support/portal/putRun';
import { startBrowser } from '../../support/portal/startBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';
import { revokeConsent } from '../../support/revokeConsent';

const BROWSER_TIMEOUT_MS = 15 * 60_000;

/** Axe looks at a page for about half a second, and there are fifty with three looks each. */
jest.setTimeout(3 * 60_000);

const DESKTOP = { width: 1280, height: 720 };
const PHONE = { width: 360, height: 740 };

describe('every page of the portal, light, dark and on a phone', () => {
	let browser: Browser;
	let portal: StartedPortal;
	let receiver: Receiver;
	let owner: FormBrowser;
	let workspace: ProvisionedPortal;
	let context: BrowserContext;
	let page: Page;
	let status = 200;

	beforeAll(async () => {
		[browser, portal, receiver] = await Promise.all([
			startBrowser(),
			startPortal({ autoConsent: 'first', env: { HUB_SYNC: 'on' } }),
			startReceiver((_request, response) => response.writeHead(status).end()),
		]);
		owner = await portalOwner(portal);
		workspace = await provisionPortal(portal, [receiver.url]);
		await call('POST', '/subscriptions', { url: `${receiver.url}/x`, events: ['*'] });
		await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Empty' });
		const xeroId = '00000000-0000-4000-8000-00000000abcd';
		const link = { system: 'crm', entity: 'contact', externalId: 'c-1', xeroId };
		await call('POST', '/links/import', { links: [link] });
		await call('POST', '/migrate', { toTenantId: workspace.tenantId, dryRun: true });
		await portal.sandbox.seed(workspace.tenantId, { contacts: 2, events: true });
		await receiver.until(2);
		await portal.hub.call(
			'POST',
			'/api/v1/pushes',
			{
				...{ tenantId: workspace.tenantId, system: 'crm', entity: 'contact' },
				records: [
					{ externalId: '1', fields: { Name: 'Ada' } },
					{ externalId: '2', fields: { Name: '' } },
				],
			},
			workspace.apiKey,
		);
		// No colour is looked at while it changes.
		context = await browser.newContext({ reducedMotion: 'reduce' });
		await context.addInitScript(axe.source);
		page = await context.newPage();
	}, BROWSER_TIMEOUT_MS);

	afterAll(async () => {
		await browser.close();
		await portal.close();
		await receiver.close();
	});

	const call = (method: string, path: string, body?: unknown) =>
		portal.hub.call(method, `/api/v1${path}`, body, workspace.apiKey);

	/** What axe finds serious or critical; of the rules, all or those named. */
	async function faults(rules?: readonly string[]): Promise<string[]> {
		const runOnly = rules && { type: 'rule', values: rules };
		const options = JSON.stringify({ resultTypes: ['violations'], ...(runOnly && { runOnly }) });
		const { violations, passes } = await page.evaluate<axe.AxeResults>(`axe.run(${options})`);
		expect(passes.length).toBeGreaterThanOrEqual(rules?.length ?? 10);
		return violations
			.filter(({ impact }) => impact === 'serious' || impact === 'critical')
			.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
	}

	/** All that is asked of a page that is open, in each look. */
	async function look(path: string): Promise<void> {
		const light = await faults();
		// The same page in other colours: nothing else can differ.
		await page.emulateMedia({ colorScheme: 'dark' });
		const dark = await faults(['color-contrast']);
		await page.emulateMedia({ colorScheme: 'light' });
		await page.setViewportSize(PHONE);
		const onPhone = await faults();
		const overflow = await page.evaluate(
			'document.documentElement.scrollWidth - document.documentElement.clientWidth',
		);
		await page.setViewportSize(DESKTOP);
		const headings = await page.locator('h1').count();

		expect({ path, light, dark, onPhone, overflow, headings }).toEqual({
			path,
			light: [],
			dark: [],
			onPhone: [],
			overflow: 0,
			headings: 1,
		});
	}

	async function lookAt(path: string): Promise<void> {
		await page.goto(portal.url + path);
		await look(path);
	}

	/** Of the record that the first event is about. */
	/** One with a record that Xero took and one that it refused. */
	const pushPath = () => first('/w/acme/pushes');
	async function recordOfPush(): Promise<string> {
		const { html } = await owner.get(await pushPath());
		const [, path = ''] = /href="([^"]*\/record\?id=[^"]*)"/.exec(html) ?? [];
		return path.replaceAll('&amp;', '&');
	}
	async function recordPath(): Promise<string> {
		const { html } = await owner.get(await first('/w/acme/events'));
		return new RegExp(`href="(/w/acme/records/${workspace.tenantId}/[^"]+)"`).exec(html)?.[1] ?? '';
	}

	/** The first page that a list leads to. */
	async function first(list: string, at = list): Promise<string> {
		const { html } = await owner.get(at);
		const found = new RegExp(`href="(${list}/[\\w-]{30,})"`).exec(html)?.[1];
		if (found === undefined) throw new Error(`Nothing is listed at ${list}`);
		return found;
	}

	it('is right at the door', async () => {
		const made = await owner.submit(await owner.get('/people'), '/people/invite', {
			role: 'viewer',
			reach: 'all',
		});
		const { pathname } = new URL(/http[^"]*\/join\/[\w-]+/.exec(made.html)?.[0] ?? '');
		for (const path of ['/sign-in', pathname, '/join/unknown']) await lookAt(path);

		await page.goto(`${portal.url}/sign-in`);
		await page.getByRole('button', { name: 'Sign in', exact: true }).click();
		await page.getByText('Enter your email address.').waitFor();
		await look('the refused sign-in');
	});

	it('is right inside, and has a title of its own', async () => {
		await signIn();
		const titles = new Set<string>();
		for (const path of await pages()) {
			await lookAt(path);
			titles.add(await page.title());
		}
		expect(titles.size).toBeGreaterThan(20);
	});

	async function signIn(): Promise<void> {
		await page.goto(`${portal.url}/sign-in`);
		await page.getByLabel('Email address').fill(OWNER.email);
		await page.getByLabel('Password').fill(OWNER.password);
		await page.getByRole('button', { name: 'Sign in', exact: true }).click();
		await page.getByRole('heading', { name: 'Workspaces', exact: true }).waitFor();
	}

	/** With something on each, and those of a workspace with nothing. */
	async function pages(): Promise<string[]> {
		return [
			'/',
			'/workspaces/new',
			'/organisations',
			'/organisations?search=nothing-like-this',
			'/w/acme/offboard',
			`/w/acme/offboard?organisation=${workspace.tenantId}`,
			'/people',
			await first('/people'),
			'/admin-keys',
			'/audit',
			'/audit?check=1',
			'/account',
			'/account/second-factor',
			'/account/confirm',
			'/nowhere',
			...[
				'',
				'/organisations',
				'/events',
				'/deliveries',
				'/workflows',
				'/payloads',
				'/activity',
				'/automation',
				'/pushes',
				'/app-keys',
				'/api-keys',
				'/alert-channels',
				'/settings',
				'/records/invoices',
				'/sync',
				'/links',
				'/links/migrate',
			].flatMap((path) => [`/w/acme${path}`, `/w/empty${path}`]),
			...['bills', 'contacts', 'payments', 'bank-transactions', 'accounts'].map(
				(kind) => `/w/acme/records/${kind}`,
			),
			'/w/acme/connected',
			'/w/acme/app-keys/scopes',
			'/w/acme/app-keys/scopes?preset=everything',
			'/w/acme/records/invoices?q=nothing-like-this',
			`/w/acme/mapping/${workspace.connectionId}`,
			`/w/acme/mapping/${workspace.connectionId}?kind=contact`,
			`/w/acme/mapping/${workspace.connectionId}/choose?kind=account&key=SALES&system=crm`,
			`/w/acme/sync/${workspace.connectionId}/new?entity=quote`,
			`/w/acme/sync/${workspace.connectionId}/find?id=nothing-like-this`,
			await first(`/w/acme/sync/${workspace.connectionId}/streams`, '/w/acme/sync'),
			await recordPath(),
			await first('/w/acme/events'),
			await first('/w/acme/deliveries'),
			'/w/acme/automation?outcome=refused',
			await pushPath(),
			await recordOfPush(),
		];
	}

	it('is right while a sync runs, waits, fails and asks', async () => {
		const open = { is_baseline: 1, seen: 12_300, finished_at: null } as const;
		const since = { started_at: Date.now() - 300_000 };
		await putRun(portal, 'item', { ...open, ...since, status: 'running' }, 50_000);
		const waiting = { status: 'waiting', waiting_for: 'day_budget', error: 'It waits.' } as const;
		await putRun(portal, 'account', { ...open, ...waiting, resumes_at: Date.now() }, 50_000);
		await putRun(portal, 'payment', { error: 'Xero said no.' });
		await putRun(portal, 'contact', { kind: 'sweep', missing: -25, error: 'So many are gone.' });
		await page.goto(`${portal.url}/w/acme/sync`);
		for (const word of ['First run', 'Waiting', 'Failed', 'Asks you']) {
			await page.locator('.badge', { hasText: word }).waitFor();
		}

		await look('the sync page');
		await page.getByRole('link', { name: 'Contacts', exact: true }).click();
		await page.getByRole('heading', { name: '25 records' }).waitFor();
		await look('what a sync asks');
		await page.getByRole('button', { name: 'They are gone' }).click();
		await look('the question');
	});

	it('is right where webhooks were missed, and where a workflow asks for its events', async () => {
		const key = { instanceId: 'n8n', workflowId: 'nightly', nodeId: 'watch' };
		const wish = { key, events: ['contact.created', 'contact.updated'], delivery: 'pull' };
		const { id } = (await call('POST', '/subscriptions', wish)).body as { id: string };
		await portal.sandbox.seed(workspace.tenantId, { contacts: 1, events: true });
		const pulled = await eventually('something to pull', async () => {
			const { items } = (await call('GET', `/subscriptions/${id}/pull`)).body as {
				items: { id: string }[];
			};
			return items[0];
		});
		await putGap(portal, { state: 'repaired', repaired_at: 1 }, [{ told: 3 }]);
		await putGap(portal, { kind: 'silence', state: 'repairing' }, [
			{ status: 'waiting', error: 'Xero answered 403.', finished_at: null },
		]);

		for (const [path, words] of [
			[`/w/acme/sync/${workspace.connectionId}`, 'Made up for'],
			['/w/acme/workflows', 'which asks for its events'],
			[`/w/acme/deliveries/${pulled.id}`, 'When it was pulled'],
		] as const) {
			await page.goto(`${portal.url}${path}`);
			await page.getByText(words).first().waitFor();
			await look(path);
		}
	});

	it('lets a schedule be changed by the keyboard alone', async () => {
		await page.goto(`${portal.url}/w/acme/sync`);
		await page.getByRole('link', { name: 'Tax rates', exact: true }).focus();
		await page.keyboard.press('Enter');
		await page.getByLabel('When it runs').focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Tab');
		await page.keyboard.type('0 6 * * 1-5');
		await page.keyboard.press('Tab');
		await page.keyboard.type('Pacific/Auckland');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');

		await page.getByText('The schedule was saved.').waitFor();
		await page.getByText('At 06:00 on weekdays (Pacific/Auckland)').waitFor();
	});

	it('keeps the keyboard where it is while a page brings itself up to date', async () => {
		await page.goto(`${portal.url}/w/acme/sync`);
		const button = page.getByRole('button', { name: 'Pause Items' });
		await button.focus();
		const renewed = () =>
			page.waitForResponse((response) => response.url().endsWith(workspace.connectionId));

		// When it asks again, what it was answered first is shown.
		await renewed();
		await renewed();

		expect(await page.evaluate('document.activeElement.textContent')).toBe('Pause Items');
	});

	it('is right when something needs a person', async () => {
		status = 404;
		// One after the other: those that are in flight together are one outage.
		for (let failures = 1; failures <= 5; failures += 1) {
			await portal.sandbox.seed(workspace.tenantId, { contacts: 1, events: true });
			await eventually(`failure ${failures}`, async () => {
				const { items } = (await call('GET', '/deliveries?status=pending')).body;
				const tried = (items as { attempt: number }[]).filter(({ attempt }) => attempt > 0);
				return tried.length >= failures || undefined;
			});
		}
		await eventually('the workflow to be paused', async () => {
			const { items } = (await call('GET', '/alerts')).body;
			return items.length > 0 ? true : undefined;
		});
		await revokeConsent(portal.sandbox, workspace);
		await portal.sandbox.setFaults({ expireTokens: true });
		await call('GET', `/xero/${workspace.tenantId}/api.xro/2.0/Organisation`);

		for (const path of ['/', '/w/acme', '/w/acme/organisations', '/w/acme/records/invoices']) {
			await lookAt(path);
		}
		await page.goto(`${portal.url}/w/acme`);
		const needsYou = page.getByRole('region', { name: 'Needs you' });
		expect(await needsYou.locator('h3').allInnerTexts()).toEqual(
			expect.arrayContaining([
				expect.stringContaining('has to be authorised again'),
				'A workflow does not take its deliveries',
			]),
		);
	});

	it('would be found wrong if it were', async () => {
		await page.goto(`${portal.url}/w/acme`);
		await page.evaluate(`
			document.querySelector('main').insertAdjacentHTML('beforeend', '<h1>Two</h1><button></button>' +
				'<p class="pale">Pale</p><p class="wide"></p>');
			const sheet = new CSSStyleSheet();
			sheet.replaceSync(
				'@media (prefers-color-scheme: dark) { .pale { color: #333 } }' +
				'@media (max-width: 400px) { .wide { width: 500px } }');
			document.adoptedStyleSheets = [sheet];
		`);

		const found = await look('/w/acme').then(() => '', String);

		for (const fault of ['button-name', 'color-contrast', '"headings": 2']) {
			expect(found).toContain(fault);
		}
		expect(found).toMatch(/"overflow": [1-9]/);
	});
});
