import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { XERO_NODE, xeroWorkflow } from '../../nodes/support/xeroWorkflow';
import { freePort } from '../../support/freePort';
import { createEngine, type Engine } from '../../support/n8nEngine';
import { provisionWorkspace } from '../../support/provisionWorkspace';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { startTestHub, type TestHub } from '../../support/startTestHub';

let sandbox: StartedSandbox;
let hub: TestHub;
let engine: Engine;

beforeAll(async () => {
	sandbox = await startSandbox({ autoConsent: 'first' });
	const port = await freePort();
	hub = await startTestHub({
		env: {
			HUB_PORT: String(port),
			HUB_PUBLIC_URL: `http://localhost:${port}`,
			XERO_LOGIN_URL: sandbox.url,
			XERO_IDENTITY_URL: sandbox.url,
			XERO_API_URL: sandbox.url,
		},
	});
	const { apiKey } = await provisionWorkspace(hub, sandbox, [], ['offline_access', 'files']);
	engine = await createEngine({ credentials: { hub: { baseUrl: hub.hub.url, apiKey } } });
});
afterAll(async () => {
	await hub.close();
	await sandbox.close();
});

const run = async (
	operation: string,
	parameters: INodeParameters,
	item: INodeExecutionData = { json: {} },
	resource = 'file',
) =>
	await engine.run(
		xeroWorkflow({
			parameters: { authentication: 'hub', resource, operation, ...parameters },
		}),
		{ input: [item] },
	);
const upload = async (fileName: string, bytes: Buffer, parameters: INodeParameters = {}) =>
	await run('upload', parameters, {
		json: {},
		binary: { data: { data: bytes.toString('base64'), mimeType: 'image/png', fileName } },
	});
const picked = (value: unknown): INodeParameters => ({
	__rl: true,
	mode: 'id',
	value: String(value),
});

it('brings a file to Xero and back through the hub, byte for byte', async () => {
	const bytes = Buffer.from(Uint8Array.from({ length: 1_000_000 }, (_, index) => index * 7));
	const created = await run('create', { name: 'Scans' }, { json: {} }, 'folder');
	const folder = created.itemsOf(XERO_NODE)[0]?.json['Id'];

	const uploaded = await upload('scan é.png', bytes, { folder: picked(folder) });

	expect(uploaded.error).toBeUndefined();
	const [file] = uploaded.itemsOf(XERO_NODE);
	expect(file?.json).toMatchObject({ Name: 'scan é.png', Size: 1_000_000, FolderId: folder });
	const downloaded = await run('download', { file: picked(file?.json['Id']) });
	expect(downloaded.error).toBeUndefined();
	const [copy] = downloaded.itemsOf(XERO_NODE);
	expect(copy?.json).toMatchObject({ mimeType: 'image/png', fileSize: 1_000_000 });
	expect(Buffer.from(copy?.binary?.['data']?.data ?? '', 'base64').equals(bytes)).toBe(true);
});

it('passes on why Xero does not take a file', async () => {
	const { error } = await upload('virus.exe', Buffer.from('MZ'));

	expect(error?.message).toContain('Extension: exe is not a valid File extension.');
});

it('lists the newest first', async () => {
	for (const name of ['older.png', 'newer.png']) {
		await upload(name, Buffer.from(name));
		await sandbox.advanceClock(1);
	}

	const { itemsOf } = await run('getAll', { limit: 2 });

	expect(itemsOf(XERO_NODE).map(({ json }) => json['Name'])).toEqual(['newer.png', 'older.png']);
});
