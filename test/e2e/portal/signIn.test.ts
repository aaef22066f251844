import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { Secret, TOTP } from 'otpauth';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { OWNER, portalPerson } from '../../support/portal/portalPerson';
import { startBrowser } from '../../support/portal/startBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const BROWSER_TIMEOUT_MS = 15 * 60_000;

describe('signing in, in a browser', () => {
	let browser: Browser;
	let portal: StartedPortal;
	let context: BrowserContext;
	let page: Page;
	let clock: number;
	/** What the browser complained about, such as a break of the content security policy. */
	let complaints: string[];

	beforeAll(async () => {
		browser = await startBrowser();
	}, BROWSER_TIMEOUT_MS);
	afterAll(() => browser.close());

	beforeEach(async () => {
		clock = Date.now();
		complaints = [];
		portal = await startPortal({ now: () => clock });
		context = await browser.newContext();
		context.setDefaultTimeout(10_000);
		page = await newPage();
		await portalPerson(page, portal).setUp();
	});
	afterEach(async () => {
		await context.close();
		await portal.close();
	});

	async function newPage(): Promise<Page> {
		const opened = await context.newPage();
		opened.on('pageerror', (error) => complaints.push(error.message));
		opened.on('console', (message) => {
			const text = message.text();
			if (message.type() === 'error' && !text.startsWith('Failed to load resource')) {
				complaints.push(text);
			}
		});
		return opened;
	}

	const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
	const heading = (name: string) => page.getByRole('heading', { name }).first().waitFor();

	async function signOut(): Promise<void> {
		await press('Sign out');
		await page.getByText('You are signed out.').waitFor();
	}

	async function typePassword(): Promise<void> {
		await page.getByLabel('Email address').fill(OWNER.email);
		await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
		await press('Sign in');
	}

	/** A device with a fingerprint reader, as Chromium plays it. */
	async function virtualAuthenticator(): Promise<{ cdp: CDPSession; authenticatorId: string }> {
		const cdp = await context.newCDPSession(page);
		await cdp.send('WebAuthn.enable');
		const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
			options: {
				...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
				...{ hasUserVerification: true, isUserVerified: true },
				automaticPresenceSimulation: true,
			},
		});
		return { cdp, authenticatorId };
	}

	async function addPasskey(): Promise<void> {
		await page.goto(`${portal.url}/account/second-factor`);
		await page.getByLabel('Name of the new passkey').fill('Laptop');
		await press('Add a passkey');
		await page.getByRole('rowheader').getByLabel('Name of Laptop').waitFor();
	}

	it('an app is set up by its QR code, and asked for from then on', async () => {
		await page.goto(`${portal.url}/account/second-factor`);
		await press('Set up an app');
		const qr = page.getByRole('img', { name: 'QR code' });
		expect((await qr.locator('svg').boundingBox())?.width).toBeGreaterThan(100);
		const key = (await page.locator('dd.mono').innerText()).replaceAll(' ', '');
		const app = new TOTP({ secret: Secret.fromBase32(key) });
		await page
			.getByLabel('The six digits that it shows now')
			.fill(app.generate({ timestamp: clock }));
		await press('Turn it on');
		await heading('Your recovery codes');
		expect(await page.locator('.codes li').count()).toBe(10);

		await signOut();
		await typePassword();
		await heading('One more step');
		clock += 30_000;
		await page.getByLabel('Code').fill(app.generate({ timestamp: clock }));
		await press('Sign in');

		await heading('Workspaces');
		expect(complaints).toEqual([]);
	});

	it('a passkey signs in without the password, and is the second factor beside it', async () => {
		await virtualAuthenticator();
		await addPasskey();
		await heading('Your recovery codes');

		await signOut();
		await press('Sign in with a passkey');
		await heading('Workspaces');

		await signOut();
		await typePassword();
		await heading('One more step');
		await press('Use a passkey');
		await heading('Workspaces');
		await page.goto(`${portal.url}/audit`);
		await page.getByText('By: password and passkey').waitFor();
		expect(complaints).toEqual([]);
	});

	it('a passkey confirms who it is, and the form goes on', async () => {
		await virtualAuthenticator();
		await addPasskey();
		clock += 10 * 60_000;

		await page.goto(`${portal.url}/people`);
		await press('Make a one-time link');
		await heading('Confirm that it is you');
		await press('Confirm with a passkey');

		await heading('The invitation is ready');
		expect(complaints).toEqual([]);
	});

	it('a passkey can be renamed, shows its last use, and opens nothing once it is removed', async () => {
		await virtualAuthenticator();
		await addPasskey();
		await page.getByLabel('Name of Laptop').fill('Old laptop');
		await press('Rename Laptop');
		await page.getByText('The passkey has its new name.').waitFor();
		await page.getByText('Never').waitFor();
		await signOut();
		await press('Sign in with a passkey');
		await heading('Workspaces');
		await page.goto(`${portal.url}/account/second-factor`);
		expect(await page.getByText('Never').count()).toBe(0);

		page.on('dialog', (dialog) => void dialog.accept());
		await press('Remove Old laptop');
		await page.getByText('The passkey was removed').waitFor();
		await signOut();
		await press('Sign in with a passkey');

		await page.getByText('This passkey does not open this hub.').waitFor();
	});

	it('a copy of a passkey, whose counter lags behind, opens nothing', async () => {
		const { cdp, authenticatorId } = await virtualAuthenticator();
		await addPasskey();
		await signOut();
		await press('Sign in with a passkey');
		await heading('Workspaces');
		const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
		await signOut();
		const [credential] = credentials;
		if (credential === undefined) throw new Error('The authenticator has no credential.');
		await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
		const copy = { ...credential, signCount: 0 };
		await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: copy });

		await press('Sign in with a passkey');

		await page.getByText('This passkey does not open this hub.').waitFor();
		const { db, close } = connectDatabase({ dataDir: portal.hub.dataDir });
		const kept = await db.selectFrom('passkeys').select('counter').executeTakeFirstOrThrow();
		await close();
		expect(kept.counter).toBe(credential.signCount);
	});

	it('an answer of a passkey counts once, and in the browser only that was asked', async () => {
		await virtualAuthenticator();
		await addPasskey();
		await signOut();
		const answers: string[] = [];
		await page.route('**/sign-in/passkey', async (route) => {
			answers.push(new URLSearchParams(route.request().postData() ?? '').get('passkey') ?? '');
			await route.abort();
		});
		await press('Sign in with a passkey');
		await page.waitForEvent('requestfailed');
		await page.unroute('**/sign-in/passkey');
		const elsewhere = await browser.newContext();
		const thief = await elsewhere.newPage();

		const send = async (from: Page): Promise<number> => {
			await from.goto(`${portal.url}/sign-in`);
			const formToken = await from.locator('[name=formToken]').first().inputValue();
			const sent = JSON.stringify({ formToken, passkey: answers[0] });
			return await from.evaluate(
				`fetch('/sign-in/passkey', { method: 'POST', body: new URLSearchParams(${sent}) })
					.then(({ status }) => status)`,
			);
		};

		expect(await send(thief)).toBe(401);
		expect(await send(page)).toBe(200);
		await page.goto(`${portal.url}/account`);
		await press('Sign out');
		expect(await send(page)).toBe(401);
		await elsewhere.close();
	});

	it('a device that does not know its person lets nobody in', async () => {
		const { cdp, authenticatorId } = await virtualAuthenticator();
		await addPasskey();
		await signOut();
		await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });

		await press('Sign in with a passkey');

		await page.getByText('No passkey was used.').waitFor();
		expect(page.url()).toContain('/sign-in');
	});

	it('another browser is seen on the account page, and signed out there', async () => {
		const elsewhere = await browser.newContext({
			userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
		});
		const other = await elsewhere.newPage();
		await portalPerson(other, portal).signIn();

		await page.goto(`${portal.url}/account`);
		await page.getByRole('rowheader', { name: 'Firefox on Linux' }).waitFor();
		await page.getByRole('button', { name: /^Sign out Firefox on Linux/ }).click();
		await page.getByText('That browser is signed out.').waitFor();

		await other.goto(`${portal.url}/`);
		expect(other.url()).toContain('/sign-in');
		await elsewhere.close();
	});
});
