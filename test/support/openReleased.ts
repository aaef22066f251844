import { openDatabase } from '../../hub-server/src/database/openDatabase';
import type { ReleasedFacts, ReleasedLedger } from '../fixtures/releasedLedgers/ReleasedLedger';
import { emptyLedgerPlace } from './emptyLedgerPlace';
import { dumpLedger, loadLedger, runSql, type LedgerDump } from './ledgerDump';
import { startReceiver, type Received, type Receiver } from './receiver';
import { startTestHub, type TestHub } from './startTestHub';

/** Late enough for endpoints that were paused, soon enough for tokens that were fresh. */
const LATER_MS = 12 * 60_000;

/** Today's hub on what a released one has left. */
export interface OpenedRelease {
	readonly hub: TestHub;
	readonly n8n: Receiver;
	readonly xero: Receiver;
	/** Rows of each table when today's migrations were through, before the hub began to work. */
	readonly migrated: LedgerDump['counts'];
	/** As the hub has it; to start a command beside it. */
	readonly env: Readonly<Record<string, string>>;
	readonly now: () => number;
	close(): Promise<void>;
}

/** Today's hub on the ledger, some minutes after it was left. */
export async function openReleased(
	ledger: ReleasedLedger,
	further: Readonly<Record<string, string>> = {},
): Promise<OpenedRelease> {
	const { facts } = ledger;
	const { place, remove } = await emptyLedgerPlace(facts.engine);
	const n8n = await startReceiver();
	const xero = await startReceiver((request, response) => answerAsXero(facts, request, response));
	await loadLedger(place, ledger);
	// The workflows have moved; nothing that is sealed or chained names their address.
	await runSql(
		place,
		['subscriptions set url', 'workspaces set n8n_base_urls']
			.map(
				(set) =>
					`update ${set} = replace(${set.split(' ').at(-1)}, '${facts.n8nUrl}', '${n8n.url}');`,
			)
			.join('\n'),
	);

	await (await openDatabase({ dataDir: '', ...place })).close();
	const { counts: migrated } = await dumpLedger(place);

	const startedAt = Date.now();
	const now = () => facts.madeAt + LATER_MS + (Date.now() - startedAt);
	const env = {
		HUB_ADMIN_KEY: '',
		HUB_ENCRYPTION_KEYS: facts.encryptionKeys,
		XERO_LOGIN_URL: xero.url,
		XERO_IDENTITY_URL: xero.url,
		XERO_API_URL: xero.url,
		...('dataDir' in place ? { HUB_DATA_DIR: place.dataDir } : { DATABASE_URL: place.databaseUrl }),
		...further,
	};
	const hub = await startTestHub({ now, env });
	return {
		hub,
		n8n,
		xero,
		migrated,
		env,
		now,
		async close() {
			await hub.close();
			await Promise.all([n8n.close(), xero.close()]);
			await remove();
		},
	};
}

const NEW_TOKEN = 'a-new-access-token';

/** Knows one invoice, and calls the token that the ledger holds expired when asked for the organisation. */
function answerAsXero(
	{ acme }: ReleasedFacts,
	{ path, headers }: Received,
	response: Parameters<NonNullable<Parameters<typeof startReceiver>[0]>>[1],
): void {
	const answer = (status: number, body: object) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(body));
	};
	const token = headers.authorization?.replace('Bearer ', '');
	if (path === '/connect/token') {
		const tokens = { access_token: NEW_TOKEN, refresh_token: 'a-new-refresh-token' };
		answer(200, { ...tokens, expires_in: 1800, token_type: 'Bearer', scope: 'openid' });
	} else if (path.startsWith('/api.xro/2.0/Invoices') && token === acme.accessToken) {
		const InvoiceID = acme.awaitedInvoiceId;
		answer(200, { Invoices: path.includes(InvoiceID) ? [{ InvoiceID, Type: 'ACCREC' }] : [] });
	} else if (token === NEW_TOKEN) {
		answer(200, { Organisations: [] });
	} else {
		answer(401, { Type: null, Title: 'Unauthorized', Status: 401, Detail: 'TokenExpired' });
	}
}
