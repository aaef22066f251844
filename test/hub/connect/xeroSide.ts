import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { createConnectFlowCalls } from '../../../hub-server/src/api/connectFlowCalls';
import type { ConnectTies } from '../../../hub-server/src/connect/connectStates';
import { createFinishConnect } from '../../../hub-server/src/connect/finishConnect';
import { createRequestLimits } from '../../../hub-server/src/http/requestLimits';
import { createProblemHandler } from '../../../hub-server/src/http/problem';
import { createAlertLedger } from '../../../hub-server/src/alerts/alertLedger';
import type { Engine } from '../../../hub-server/src/database/engine';
import { composeXero } from '../../../hub-server/src/hub/composeXero';
import { createKeyRing } from '../../../hub-server/src/secrets/keyRing';
import { createAdminKeyStore } from '../../../hub-server/src/workspaces/adminKeyStore';
import { createAppKeyStore } from '../../../hub-server/src/workspaces/appKeyStore';
import { createOrganisationChanges } from '../../../hub-server/src/administration/organisationChanges';
import { createRemoveWorkspace } from '../../../hub-server/src/administration/removeWorkspace';
import { createSecretReads } from '../../../hub-server/src/administration/secretReads';
import { createWorkspaceLimits } from '../../../hub-server/src/workspaces/workspaceLimits';
import { USUAL_QUOTAS } from '../../../hub-server/src/config/quotas';
import { createWorkspaceStore } from '../../../hub-server/src/workspaces/workspaceStore';
import { createConnectionCalls } from '../../../hub-server/src/api/connectionCalls';
import { createMemoryPaceStore } from '../../../hub-server/src/xero/pacing/memoryPaceStore';
import { XERO_LIMITS, type PaceLimits } from '../../../hub-server/src/xero/pacing/orgPace';
import { createUploadRoom } from '../../../hub-server/src/http/uploadRoom';
import { createXeroProxyCalls } from '../../../hub-server/src/api/xeroProxyCalls';
import { mountCalls } from '../../../hub-server/src/http/mountCalls';
import { freshLedger } from '../../support/freshLedger';
import { USUAL_SCOPES, type SandboxApp } from '../../support/sandboxClient';
import { startSandbox } from '../../support/startSandbox';

const NO_PLANS = { usual: USUAL_QUOTAS, plans: {} };

/** Registered with the sandbox's app; the browser of a test goes to `url` instead. */
const PUBLIC_URL = 'http://localhost:8787';

export interface XeroSideOptions {
	/** Where Xero's API is; the sandbox when absent. */
	readonly apiUrl?: string;
	readonly timeoutMs?: number;
	/** How long the hub waits for a request's body. */
	readonly longestUploadMs?: number;
	readonly limits?: Partial<PaceLimits>;
	/** Default: stands still between the test's own advances. */
	readonly clock?: 'running';
	/** Whether the workspaces have the old public link. */
	readonly publicLink?: true;
	/** Asked for at consent. */
	readonly scopes?: readonly string[];
}

/** The hub's Xero side, served without the rest, beside a sandbox on the same clock. */
export async function startXeroSide(engine: Engine, options: XeroSideOptions = {}) {
	let now = Date.now();
	let advancedMs = 0;
	const clock = () => (options.clock === 'running' ? Date.now() + advancedMs : now);
	const [ledger, sandbox] = await Promise.all([freshLedger(engine), startSandbox({ now: clock })]);
	const { db } = ledger.database;
	const keyRing = createKeyRing([{ id: 'k1', key: randomBytes(32) }]);
	const urls = { login: sandbox.url, identity: sandbox.url };
	const apiUrl = options.apiUrl ?? sandbox.url;

	const appKeys = createAppKeyStore({ db, keyRing, now: clock });
	const workspaces = createWorkspaceStore({ db, now: clock });
	const adminKeys = createAdminKeyStore({ db, now: clock });
	const workspaceLimits = createWorkspaceLimits({ workspaces, quotas: NO_PLANS });
	const workspace = await workspaces.create({ name: 'Acme' });
	const neighbour = await workspaces.create({ name: 'Neighbour' });
	/** As workspaces of before the upgrade have it. */
	const openPublicLink = () => db.updateTable('workspaces').set({ connect_link: 1 }).execute();
	if (options.publicLink === true) await openPublicLink();
	const saveAppKeys = (
		app: Pick<SandboxApp, 'clientId' | 'clientSecret'>,
		workspaceId: string,
		tier?: string,
	) =>
		appKeys.save(workspaceId, {
			tier,
			clientId: app.clientId,
			clientSecret: app.clientSecret ?? '',
			scopes: (options.scopes ?? USUAL_SCOPES).join(' '),
		});
	const app = await sandbox.createApp({ tier: 'core' });
	await saveAppKeys(app, workspace.id);

	const alerts = createAlertLedger({ db, now: clock });
	const limits = { ...XERO_LIMITS, ...options.limits };
	const xero = composeXero({
		config: { xero: { ...urls, api: apiUrl }, publicUrl: PUBLIC_URL },
		stores: { database: ledger.database, keyRing, workspaces, workspaceLimits, adminKeys },
		now: clock,
		uptime: clock,
		random: Math.random,
		limits,
		paces: createMemoryPaceStore(limits, clock),
		timeoutMs: options.timeoutMs,
	});
	const { identity, vault, connections, removeAtXero, startConnect } = xero;
	const finishConnect = createFinishConnect({
		...xero,
		...{ db, now: clock },
		checkStarter: async () => ({ kind: 'not_allowed' }),
		publicUrl: PUBLIC_URL,
	});

	const noteChange = async () => {};
	const removeAs = createRemoveWorkspace({
		db,
		keyRing,
		now: clock,
		workspaces,
		connections,
		removeAtXero,
		noteChange,
	});
	const removeWorkspace = (slug: string) => removeAs({ name: 'somebody' }, slug);
	const calls = [
		...createConnectFlowCalls({
			findWorkspace: (slug) => workspaces.get(slug),
			connectLinks: xero.connectLinks,
			limits: createRequestLimits(clock),
			startConnect,
			finishConnect,
		}),
		...createXeroProxyCalls({
			proxy: xero.proxy,
			workspaceLimits,
			uploads: createUploadRoom(),
			uptime: () => performance.now(),
			longestUploadMs: options.longestUploadMs,
		}),
		...createConnectionCalls({
			...{ connections, appKeys },
			organisationChanges: createOrganisationChanges({
				connections,
				waitingConsents: xero.waitingConsents,
				disconnect: xero.disconnect,
				startConnect,
				connectApp: async () => [],
				noteChange,
			}),
			secretReads: createSecretReads({
				connections,
				vault,
				readAppKeys: xero.readAppKeys,
				appKeys,
				xeroApiUrl: apiUrl,
				now: clock,
				noteChange,
			}),
			readDayBudgets: xero.readDayBudgets,
		}),
	];
	const admitTest: RequestHandler = (request, response, next) => {
		const { id, slug, name } =
			request.get('x-test-workspace') === 'neighbour' ? neighbour : workspace;
		response.locals['workspace'] = { id, slug, name };
		response.locals['caller'] = request.get('x-test-caller') ?? 'a-key';
		next();
	};

	const faults: unknown[] = [];
	const server = createServer(
		express()
			.use((request, _response, next) => {
				if (/^\/(?:xero|connections)\b/.test(request.url)) request.url = `/api/v1${request.url}`;
				next();
			})
			.use(mountCalls(calls, { admin: admitTest, workspace: admitTest }))
			.use(createProblemHandler((cause) => faults.push(cause))),
	);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	/** What a browser does at Xero's page: the address that Xero sends it back to, on our port. */
	async function consent(
		authorizeUrl: string,
		choice: {
			readonly organisation?: string;
			readonly action?: 'approve' | 'cancel';
			/** Who signs in at Xero; the sandbox's own user when absent. */
			readonly email?: string;
		} = {},
	): Promise<string> {
		const { organisations } = await sandbox.state();
		const chosen = organisations.find(({ name }) => name === choice.organisation);
		const tenantId = (chosen ?? organisations[0])?.tenantId ?? '';
		const { origin, pathname, searchParams } = new URL(authorizeUrl);
		const answer = await fetch(`${origin}${pathname}`, {
			method: 'POST',
			redirect: 'manual',
			body: new URLSearchParams([
				...searchParams,
				['tenantId', tenantId],
				['action', choice.action ?? 'approve'],
				...(choice.email === undefined ? [] : [['login_hint', choice.email] as [string, string]]),
			]),
		});
		const location = answer.headers.get('location');
		if (location === null) throw new Error(`Xero's page refused: ${await answer.text()}`);
		return location.replace(PUBLIC_URL, url);
	}

	return {
		url,
		sandbox,
		db,
		app,
		workspace,
		neighbour,
		vault,
		identity,
		workspaces,
		alerts,
		connections,
		adminKeys,
		connectLinks: xero.connectLinks,
		waitingConsents: xero.waitingConsents,
		removeWorkspace,
		faults,
		readRecords: xero.readRecords,
		/** @param tenantId to reconnect */
		startConnect: (tenantId?: string, { id }: { readonly id: string } = workspace) =>
			startConnect({ id }, { tenantId }),
		startWith: (ties: ConnectTies) => startConnect(workspace, ties),
		appKeys,
		saveAppKeys,
		consent,
		now: clock,
		advance: (ms: number) => {
			now += ms;
			advancedMs += ms;
		},

		/**
		 * The whole flow; answers the connection as the hub keeps it.
		 *
		 * @param by whose it becomes, and who signs in at Xero
		 */
		async connect(
			organisation?: string,
			by: { readonly workspace?: { readonly id: string }; readonly email?: string } = {},
		) {
			const { id } = by.workspace ?? workspace;
			const callback = await consent(await startConnect({ id }), {
				...(organisation !== undefined && { organisation }),
				...(by.email !== undefined && { email: by.email }),
			});
			const page = await fetch(callback);
			if (!page.ok) throw new Error(`Connecting failed: ${await page.text()}`);
			await page.arrayBuffer();
			const held = await connections.list(id);
			const found = held.find(({ tenantName }) => !organisation || tenantName === organisation);
			if (found === undefined) throw new Error('Nothing was connected');
			return found;
		},

		async close() {
			server.closeAllConnections();
			server.close();
			await xero.close();
			await sandbox.close();
			await ledger.close();
		},
	};
}

export type XeroSide = Awaited<ReturnType<typeof startXeroSide>>;
