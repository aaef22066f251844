import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { portalPerson } from '../support/portal/portalPerson';
import { startBrowser } from '../support/portal/startBrowser';

const DESKTOP = { viewport: { width: 1280, height: 800 } };

const LOOKS = {
	'': { ...DESKTOP, colorScheme: 'light' },
	'-dark': { ...DESKTOP, colorScheme: 'dark' },
	'-phone': { viewport: { width: 390, height: 780 }, deviceScaleFactor: 1.5, colorScheme: 'light' },
} as const satisfies Record<string, BrowserContextOptions>;

const WORKSPACE = '/w/kowhai';

/** Pictures of the portal's pages while a bench runs. */
export interface PortalTour {
	afterFirstPush(pushes: readonly string[]): Promise<void>;
	atTheEnd(): Promise<void>;
	close(): Promise<void>;
}

/** @param folder for the pictures; undefined: none are taken */
export async function portalTour(
	folder: string | undefined,
	portal: { readonly url: string; readonly setUpLink: string; readonly tenantId: string },
): Promise<PortalTour> {
	if (folder === undefined) {
		return { async afterFirstPush() {}, async atTheEnd() {}, async close() {} };
	}
	const browser: Browser = await startBrowser();
	const first = await browser.newContext(DESKTOP);
	const owner: Page = await first.newPage();
	await portalPerson(owner, portal).setUp();
	const storageState = await first.storageState();

	async function take(pictures: ReadonlyArray<readonly [name: string, path: string]>) {
		for (const [look, options] of Object.entries(LOOKS)) {
			const context = await browser.newContext({ ...options, storageState });
			const page = await context.newPage();
			for (const [name, path] of pictures) {
				await page.goto(portal.url + path);
				await page.screenshot({ path: join(folder as string, `${name}${look}.png`) });
				const whole = { path: join(folder as string, `${name}${look}-whole.png`), fullPage: true };
				await page.screenshot(whole);
			}
			await context.close();
		}
	}

	return {
		async afterFirstPush(pushes) {
			const push = pushes.at(-1);
			await owner.goto(`${portal.url}${WORKSPACE}/mapping?organisation=${portal.tenantId}`);
			const mapping = new URL(owner.url()).pathname;
			await take([
				['pushes', `${WORKSPACE}/pushes`],
				['push', `${WORKSPACE}/pushes/${push}`],
				['push-unmapped', `${WORKSPACE}/pushes/${push}?state=unmapped`],
				['mapping', `${WORKSPACE}/mapping`],
				...(['account', 'tax_rate', 'item', 'tracking'] as const).map(
					(kind) => [`mapping-${kind}`, `${mapping}?kind=${kind}`] as const,
				),
				['links', `${WORKSPACE}/links`],
				['workspace', WORKSPACE],
				['automation', `${WORKSPACE}/automation`],
				['agency', '/organisations'],
			]);
		},
		async atTheEnd() {
			await take([
				['done-pushes', `${WORKSPACE}/pushes`],
				['done-mapping', `${WORKSPACE}/mapping`],
				['done-automation', `${WORKSPACE}/automation`],
				['done-agency', '/organisations'],
			]);
		},
		close: () => browser.close(),
	};
}
