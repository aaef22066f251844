import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/freePort';
import { hubShell, type HubShell } from '../../support/hubShell';
import type { StartedProcess } from '../../support/processes';
import { repositoryRoot } from '../../support/repositoryRoot';
import { sandboxClient } from '../../support/sandboxClient';
import { temporaryFolder } from '../../support/temporaryFolder';
import { commandBlocks } from '../../support/writtenCommands';

const PAGE = readFileSync(join(repositoryRoot, 'documentation/try-with-the-sandbox.md'), 'utf8');

describe('the five commands of "Try the hub with the sandbox"', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let sandbox: StartedProcess;
	let hub: StartedProcess;
	let shell: HubShell;
	let at: { readonly hub: string; readonly sandbox: string };
	const [startSandbox = '', startHub = '', createWorkspace = '', saveKeys = '', connect = ''] =
		commandBlocks(PAGE);

	/** The page has the usual ports, which the sandbox's app knows; these are free. */
	const here = (text: string) =>
		text
			.replaceAll('http://127.0.0.1:8790', at.sandbox)
			.replaceAll('http://localhost:8787', at.hub);

	beforeAll(async () => {
		folder = temporaryFolder();
		const [hubPort, sandboxPort] = [await freePort(), await freePort()];
		at = { hub: `http://localhost:${hubPort}`, sandbox: `http://127.0.0.1:${sandboxPort}` };
		const [exported = '', serve = ''] = here(startHub).split('\n');
		const variables = exported.replace('export ', '').split(' ');
		shell = hubShell(
			folder.path,
			{
				HUB_PORT: String(hubPort),
				HUB_PUBLIC_URL: 'http://localhost:8787',
				SANDBOX_PORT: String(sandboxPort),
				HUB_DATA_DIR: join(folder.path, 'data'),
				...Object.fromEntries(variables.map((variable) => variable.split('='))),
			},
			repositoryRoot,
		);
		sandbox = shell.start(startSandbox);
		await sandbox.untilServing(at.sandbox);
		hub = shell.start(serve);
		await hub.untilServing(`${at.hub}/readyz`);
	}, 60_000);
	afterAll(async () => {
		await hub.stop();
		await sandbox.stop();
		folder.remove();
	}, 60_000);

	it('are five', () => {
		expect(commandBlocks(PAGE)).toHaveLength(5);
	});

	it('lead to a connected organisation, and to a checked webhook', async () => {
		const created = await shell.run(createWorkspace);
		const [, deliveryUrl = ''] = /webhook delivery +(\S+)/.exec(created) ?? [];
		await shell.run(saveKeys);
		const consent = await fetch(here((await shell.run(connect)).trim()));
		const xero = sandboxClient(at.sandbox);
		const [app] = (await xero.state()).apps;

		const handshake = await xero.setWebhook(app!.clientId, here(deliveryUrl));

		expect(saveKeys).toContain(app!.clientId);
		expect(hub.log()).toContain('Make the first owner, once: http://localhost');
		expect(await consent.text()).toContain('Allow access');
		expect(handshake.status).toBe('ok');
	}, 60_000);
});
