import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'node:net';
import { eventually } from '../../test/support/eventually';
import { freePort } from '../../test/support/freePort';
import { startHubProcess, type HubProcess } from '../../test/support/hubProcess';
import {
	provisionWorkspace,
	type ProvisionedWorkspace,
} from '../../test/support/provisionWorkspace';
import {
	startSandboxProcess,
	xeroIsSandbox,
	type SandboxProcess,
} from '../../test/support/sandboxProcess';
import type { Story } from './story';

/** A sandbox and a hub, provisioned and connected; everything on 127.0.0.1, nothing kept. */
export interface Stage {
	readonly sandbox: SandboxProcess;
	readonly hub: HubProcess;
	/** Into the portal, once: whoever opens it becomes the owner. */
	readonly ownerLink: string;
	readonly workspace: ProvisionedWorkspace;
	/** The organisation that the story plays in. */
	readonly tenantId: string;
	/** A call of Xero's API through the hub, as n8n would make it. */
	xero(method: string, path: string, body?: unknown): Promise<XeroReply>;
	close(): Promise<void>;
}

type XeroReply = ReturnType<typeof JSON.parse>;

const SANDBOX_PORT = 8790;
const HUB_PORT = 8787;

/** @param n8nBaseUrl where the hub may deliver to */
export async function setStage(story: Story, n8nBaseUrl: string): Promise<Stage> {
	const folder = mkdtempSync(join(tmpdir(), 'xero-hub-demo-'));
	const closing: Array<() => Promise<unknown> | void> = [
		() => rmSync(folder, { recursive: true, force: true }),
	];
	const close = async () => {
		for (const end of closing.splice(0).reverse()) await end();
	};

	try {
		const sandbox = await story.step('The sandbox starts: a local Xero', async () =>
			startSandboxProcess(await preferredPort(SANDBOX_PORT)),
		);
		closing.push(() => sandbox.process.stop());
		const hub = await story.step('The hub starts, on SQLite', async () =>
			startHubProcess({
				dataDir: folder,
				port: await preferredPort(HUB_PORT),
				env: xeroIsSandbox(sandbox.url),
			}),
		);
		closing.push(() => hub.process.stop());
		const ownerLink = await eventually(
			"the hub to print its owner's link",
			async () => /Make the first owner, once: (\S+)/.exec(hub.process.log())?.[1],
		);

		const workspace = await story.step(
			'A workspace: app keys, consent (OAuth 2 + PKCE), webhook, API key',
			() => provisionWorkspace(hub, sandbox, [n8nBaseUrl], undefined, 'Demo'),
			({ slug, connections }) =>
				`workspace "${slug}", ${connections.length} organisations connected, intent to receive answered well`,
		);
		const [connection] = workspace.connections;
		if (!connection) throw new Error('No organisation was connected');
		const { tenantId } = connection;

		return {
			sandbox,
			hub,
			ownerLink,
			workspace,
			tenantId,
			close,
			async xero(method, path, body) {
				const url = `/api/v1/xero/${tenantId}/api.xro/2.0/${path}`;
				const reply = await hub.call(method, url, body, workspace.apiKey);
				if (reply.status >= 300) throw new Error(`${path} → ${JSON.stringify(reply)}`);
				return reply.body;
			},
		};
	} catch (cause) {
		await close();
		throw cause;
	}
}

/** An invoice that may still be edited, in Xero's own shape. */
export async function draftInvoice(stage: Stage): Promise<XeroReply> {
	const where = encodeURIComponent('Type=="ACCREC" AND Status=="DRAFT"');
	const { Invoices } = await stage.xero('GET', `Invoices?page=1&pageSize=1&where=${where}`);
	return Invoices[0];
}

/** The workflow that a user imports, from `examples/`. */
export function exampleWorkflow(name: string): XeroReply {
	return JSON.parse(readFileSync(join(__dirname, '..', `${name}.json`), 'utf8'));
}

/** The documented port, unless something of the user's listens there. */
async function preferredPort(port: number): Promise<number> {
	const isTaken = await new Promise<boolean>((resolve) => {
		const socket = createConnection({ port, host: '127.0.0.1' });
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
	return isTaken ? freePort() : port;
}
