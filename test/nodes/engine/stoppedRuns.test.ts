import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { freePort } from '../../support/freePort';
import {
	createEngine,
	type Engine,
	type Execution,
	type RunOptions,
} from '../../support/n8nEngine';
import { provisionWorkspace } from '../../support/provisionWorkspace';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { startTestHub, type TestHub } from '../../support/startTestHub';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

/** One n8n with both ways to Xero, so that what is said of one holds for the other. */
let sandbox: StartedSandbox;
let hub: TestHub;
let engine: Engine;
let apiKey: string;

beforeAll(async () => {
	sandbox = await startSandbox({ autoConsent: 'first' });
	await sandbox.setLimits({ minute: 1_000_000, day: 1_000_000, concurrent: 1_000 });
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
	({ apiKey } = await provisionWorkspace(hub, sandbox, []));
	const app = await sandbox.createApp();
	const { organisations } = await sandbox.state();
	const tokens = await sandbox.authorise(app, {
		organisations: organisations.slice(0, 1).map(({ tenantId }) => tenantId),
	});
	engine = await createEngine({
		credentials: {
			hub: { baseUrl: hub.hub.url, apiKey },
			xero: {
				grantType: 'authorizationCode',
				authUrl: `${sandbox.url}/identity/connect/authorize`,
				accessTokenUrl: `${sandbox.url}/connect/token`,
				apiBaseUrl: sandbox.url,
				clientId: app.clientId,
				clientSecret: app.clientSecret ?? '',
				oauthTokenData: { ...tokens },
			},
		},
	});
}, 120_000);
afterAll(async () => {
	await hub.close();
	await sandbox.close();
});

/** Five rows of a sheet; the third has an account that Xero does not know until it is corrected. */
const rows = (name: string, account = '999'): INodeExecutionData[] =>
	['a', 'b', 'c', 'd', 'e'].map((letter) => ({
		json: { reference: `${name} ${letter}`, account: letter === 'c' ? account : '200' },
	}));

const newInvoice: INodeParameters = {
	resource: 'invoice',
	operation: 'create',
	type: 'ACCREC',
	contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
	lineItemsMode: 'json',
	lineItemsJson: '={{ [{ description: "Goods", unitAmount: 10, accountCode: $json.account }] }}',
	additionalFields: { reference: '={{ $json.reference }}' },
};

const newNote: INodeParameters = {
	resource: 'contact',
	operation: 'addNote',
	contact: { __rl: true, mode: 'id', value: '={{ $json.contact }}' },
	note: '={{ $json.note }}',
};

describe.each(['hub', 'oAuth2'] as const)('a run that stopped, by %s', (authentication) => {
	let name: string;
	let count = 0;
	beforeEach(() => {
		name = `${authentication} ${++count}`;
	});

	const workflow = (parameters: INodeParameters = {}) => ({
		...xeroWorkflow({ parameters: { authentication, ...newInvoice, ...parameters } }),
		id: `workflow ${name}`,
	});
	const run = async (
		input: INodeExecutionData[],
		mode: RunOptions['mode'] = 'manual',
		parameters: INodeParameters = {},
	) => await engine.run(workflow(parameters), { input, mode });
	/** How many invoices each request carried that made some. */
	const requestSizes = async () =>
		(await sandbox.requests())
			.filter(({ method, path }) => method === 'PUT' && path.endsWith('/Invoices'))
			.map(({ elements }) => elements);
	const out = (execution: Execution) =>
		execution.itemsOf(XERO_NODE).map(({ json }) => ({
			reference: json['Reference'],
			alreadySaved: json['alreadySaved'] === true,
			isRecord: typeof json['InvoiceID'] === 'string',
		}));
	const hints = (execution: Execution) =>
		JSON.stringify(execution.run.data.resultData.runData[XERO_NODE]?.at(-1)?.hints ?? []);
	const OTHERS = [true, true, false, true, true];

	beforeEach(async () => {
		await sandbox.forgetRequests();
	});

	it('says what a second run does, and which setting leaves only the refused ones', async () => {
		const { error } = await run(rows(name), 'trigger');

		expect(error?.message).toMatch(/\[row 3, item index 2\]$/);
		expect(error?.description).toContain('4 of 5 items are already saved in Xero.');
		expect(error?.description).toContain(
			'Run this node again from the editor or retry this execution within 60 minutes, and they are not saved again; a new production execution saves them again.',
		);
		expect(error?.description).toContain('set On Error to "Continue (using error output)"');
	});

	it('is corrected and run again from the editor: each item is saved once', async () => {
		const stopped = await run(rows(name));
		const again = await run(rows(name, '200'));

		expect(stopped.error).toBeDefined();
		expect(again.error).toBeUndefined();
		expect(out(again)).toEqual(
			['a', 'b', 'c', 'd', 'e'].map((letter, index) => ({
				reference: `${name} ${letter}`,
				alreadySaved: OTHERS[index],
				isRecord: true,
			})),
		);
		expect(await requestSizes()).toEqual([5, 1]);
		expect(hints(again)).toMatch(/4 items were saved at \d\d:\d\d by a run that stopped/);
		expect(hints(again)).toContain('Send Again Even If Saved');
	});

	it('is forgotten once a run has completed', async () => {
		await run(rows(name));
		await run(rows(name, '200'));
		const third = await run(rows(name, '200'));

		expect(out(third).map(({ alreadySaved }) => alreadySaved)).toEqual(OTHERS.map(() => false));
		expect(await requestSizes()).toEqual([5, 1, 5]);
	});

	it('keeps what was saved before when the second run stops too', async () => {
		await run(rows(name));
		await run([...rows(name).slice(0, 4), { json: { reference: `${name} f`, account: '200' } }]);
		const third = await run([
			...rows(name, '200'),
			{ json: { reference: `${name} f`, account: '200' } },
		]);

		expect(out(third).map(({ alreadySaved }) => alreadySaved)).toEqual([...OTHERS, true]);
	});

	it('counts each save once: of three equal items two are saved', async () => {
		const equal = { json: { reference: `${name} same`, account: '200' } };
		const refused = { json: { reference: `${name} bad`, account: '999' } };
		await run([equal, refused, equal]);

		const again = await run([equal, equal, equal]);

		expect(out(again).map(({ alreadySaved }) => alreadySaved)).toEqual([true, true, false]);
	});

	it('saves what a changed item asks for now, and everything where a person wants that', async () => {
		await run(rows(name));
		const changed = rows(name, '200').map((row, index) =>
			index === 0 ? { json: { ...row.json, reference: `${name} new` } } : row,
		);
		const again = await run(changed, 'manual', { writeOptions: { sendAgainEvenIfSaved: false } });

		expect(out(again).map(({ alreadySaved }) => alreadySaved)).toEqual([false, ...OTHERS.slice(1)]);

		await run(rows(name));
		const all = await run(rows(name, '200'), 'manual', {
			writeOptions: { sendAgainEvenIfSaved: true },
		});
		expect(out(all).map(({ alreadySaved }) => alreadySaved)).toEqual(OTHERS.map(() => false));
	});

	it('is retried: what it saved is not saved again, also by the second retry', async () => {
		const code = `${authentication.slice(0, 1)}${count}`;
		const stopped = await run(rows(name, code), 'trigger');

		const stillWrong = await engine.retry(workflow(), stopped, 'original');
		const account = { resource: 'account', operation: 'create', type: 'REVENUE', code, name };
		const created = await run([{ json: {} }], 'manual', account);
		// Xero repeats its answer to the same request for six minutes.
		await sandbox.advanceClock(400);
		const retried = await engine.retry(workflow(), stopped, 'currentlySaved');

		expect(stillWrong.error).toBeDefined();
		expect(created.error).toBeUndefined();
		expect(retried.error).toBeUndefined();
		expect(out(retried)).toEqual(
			['a', 'b', 'c', 'd', 'e'].map((letter, index) => ({
				reference: `${name} ${letter}`,
				alreadySaved: OTHERS[index],
				isRecord: true,
			})),
		);
		expect(await requestSizes()).toEqual([5, 1, 1]);
	});

	it('changes nothing in a new production execution, which says that items are equal', async () => {
		await run(rows(name), 'trigger');

		const next = await run(rows(name, '200'), 'trigger');

		expect(out(next).map(({ alreadySaved }) => alreadySaved)).toEqual(OTHERS.map(() => false));
		expect(await requestSizes()).toEqual([5, 5]);
		expect(hints(next)).toMatch(/4 items were equal to what a run that stopped has saved/);
	});

	it('says nothing of a run that stopped to another node or operation', async () => {
		await run(rows(name));
		const other = workflow();
		const [start, node] = other.nodes;

		const elsewhere = await engine.run(
			{ ...other, nodes: [start!, { ...node!, id: 'another-node' }] },
			{ input: rows(name, '200') },
		);

		expect(out(elsewhere).some(({ alreadySaved }) => alreadySaved)).toBe(false);
	});

	it('goes for operations that send one item in a request', async () => {
		const { contact } = await firstContact();
		const notes = ['one', 'two'].map((note) => ({ json: { contact, note: `${name} ${note}` } }));
		const missing = { json: { contact: '00000000-0000-4000-8000-00000000dead', note: 'x' } };
		const stopped = await run([notes[0]!, missing], 'manual', newNote);

		const again = await run([notes[0]!, notes[1]!], 'manual', newNote);

		expect(stopped.error).toBeDefined();
		expect(again.itemsOf(XERO_NODE).map(({ json }) => json['alreadySaved'])).toEqual([
			true,
			undefined,
		]);
	});

	it('goes for changes that the record would refuse a second time', async () => {
		const created = await run(rows(name, '200').slice(0, 2));
		const ids = created.itemsOf(XERO_NODE).map(({ json }) => json['InvoiceID']);
		const taken: INodeParameters = {
			resource: 'invoice',
			operation: 'voidOrDelete',
			invoice: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		};
		const items = ids.map((id) => ({ json: { id } }));
		// Each in a request of its own, and one of them is refused.
		const keyed = { ...taken, writeOptions: { idempotencyKey: `={{ $json.id + "${name}" }}` } };
		await sandbox.setFaults({
			status: { path: '/Invoices', method: 'POST', status: 400, times: 1 },
		});

		const stopped = await run(items, 'manual', keyed);
		const again = await run(items, 'manual', taken);

		expect(stopped.error).toBeDefined();
		expect(again.error).toBeUndefined();
		const states = again.itemsOf(XERO_NODE).map(({ json }) => json);
		expect(states.map(({ Status }) => Status)).toEqual(['DELETED', 'DELETED']);
		expect(states.filter(({ alreadySaved }) => alreadySaved === true)).toHaveLength(1);
	});

	async function firstContact(): Promise<{ readonly contact: string }> {
		const execution = await run([{ json: {} }], 'manual', {
			resource: 'contact',
			operation: 'getAll',
			limit: 1,
		});
		return { contact: String(execution.itemsOf(XERO_NODE)[0]?.json['ContactID']) };
	}
});
