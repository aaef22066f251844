import { eventually } from '../../support/eventually';
import { formBrowser } from '../../support/portal/formBrowser';
import { OWNER } from '../../support/portal/portalPerson';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('the portal of the built hub', () => {
	const folder = temporaryFolder();
	let hub: HubProcess | undefined;

	afterEach(async () => {
		await hub?.process.stop();
	});
	afterAll(() => folder.remove());

	/** Starts the hub, and reads what it prints about the portal. */
	async function start(): Promise<string | undefined> {
		const started = await startHubProcess({ dataDir: folder.path });
		hub = started;
		const log = await eventually('the last line of the start', async () =>
			started.process.log().includes('The hub listens on') ? started.process.log() : undefined,
		);
		return /http:\/\/localhost:\d+\/join\/[\w-]+/.exec(log)?.[0];
	}

	it('prints the first owner’s link at each start, until somebody has used it', async () => {
		const first = new URL((await start()) ?? '');
		await hub?.process.stop();
		const second = new URL((await start()) ?? '');
		const browser = formBrowser(second.origin);

		expect((await browser.get(first.pathname)).status).toBe(404);
		const page = await browser.get(second.pathname);
		const inside = await browser.submit(page, second.pathname, OWNER);

		expect(inside.text).toContain('Make your first workspace');
		for (const [file = ''] of page.html.matchAll(/\/assets\/[^"]+/g)) {
			expect((await browser.get(file)).status).toBe(200);
		}
		await hub?.process.stop();
		expect(await start()).toBeUndefined();
	});
});
