import type { Clock } from '../../clock';
import { HubError } from '../../errors/HubError';
import type { GrantVault } from '../../xero/grants/grantVault';
import type { Connection } from '../../xero/connections/connectionRows';
import { observedLimits, type LimitHeaders } from '../../xero/pacing/observedLimits';
import { paceOrg } from '../../xero/pacing/paceOrg';
import type { Pacer } from '../../xero/pacing/pacer';
import { XeroRateLimitedError } from '../../errors/xeroErrors';
import { explainXeroFailure } from './explainXeroFailure';
import { overhear } from './overhear';
import type { RecordKind, RecordsFound } from './RecordKind';
import { isRefusedToken, readXeroFailure } from './xeroFailure';

/** What Xero has, or why it cannot be shown. */
export type RecordPage =
	| { readonly kind: 'found'; readonly found: RecordsFound }
	| { readonly kind: 'failed'; readonly problem: RecordProblem };

/** For people. */
export interface RecordProblem {
	readonly title: string;
	readonly message: string;
	/** What helps: trying again, or consenting again. */
	readonly remedy: 'retry' | 'reconnect' | 'none';
}

export interface ReadRecordPageDeps {
	readonly vault: Pick<GrantVault, 'accessToken'>;
	/** The viewer takes its turn among the workflows. */
	readonly pacer: Pick<Pacer, 'enter'>;
	readonly now: Clock;
	/** `https://api.xero.com`, without a trailing slash. */
	readonly xeroApiUrl: string;
	/** How long a person waits for a turn, and for Xero; xero-node itself would wait for ever. */
	readonly timeoutMs?: number;
}

/**
 * Reads one page of records through Xero's own SDK, once more where Xero refused the token. What goes
 * wrong at Xero is an outcome.
 */
export type ReadRecordPage = (
	connection: Pick<Connection, 'grantId' | 'clientId' | 'workspaceId' | 'tenantId'>,
	kind: RecordKind,
	wanted: { readonly search: string; readonly page: number },
) => Promise<RecordPage>;

export function createReadRecordPage(deps: ReadRecordPageDeps): ReadRecordPage {
	const { vault, pacer, now, xeroApiUrl, timeoutMs = 20_000 } = deps;

	async function readWith(
		token: string,
		wish: RecordWish,
		deadline: number,
	): Promise<RecordsFound> {
		const { connection, kind, wanted } = wish;
		const { clientId, tenantId } = connection;
		// Loaded with the first page that needs it: the SDK's code is a megabyte.
		const { AccountingApi } = await import('xero-node/dist/gen/api/accountingApi.js');
		const turn = await pacer.enter({
			app: clientId,
			org: paceOrg(clientId, tenantId),
			flow: 'portal',
			deadline,
		});
		const learn = (answer: LimitHeaders) => turn.learn(observedLimits(answer, 0));
		const api = new AccountingApi(`${xeroApiUrl}/api.xro/2.0`);
		api.accessToken = token;
		const call = kind
			.read(overhear(api, learn), { tenantId, ...wanted })
			.catch(async (cause: unknown) => {
				const { status, headers } = readXeroFailure(cause);
				if (status !== undefined) await learn({ status, headers });
				throw cause;
			})
			// Of a person who gave up waiting, Xero may still be at work on the call.
			.finally(() => turn.finish());
		return within(timeoutMs, call);
	}

	async function read(wish: RecordWish): Promise<RecordsFound> {
		const { grantId, workspaceId } = wish.connection;
		const deadline = now() + timeoutMs;
		const { token } = await vault.accessToken(grantId, { workspaceId });
		try {
			return await readWith(token, wish, deadline);
		} catch (cause) {
			if (!isRefusedToken(readXeroFailure(cause))) throw cause;
			const renewed = await vault.accessToken(grantId, { workspaceId, rejectedToken: token });
			return readWith(renewed.token, wish, deadline);
		}
	}

	return async (connection, kind, wanted) => {
		try {
			return { kind: 'found', found: await read({ connection, kind, wanted }) };
		} catch (cause) {
			return { kind: 'failed', problem: problemOf(cause) };
		}
	};
}

interface RecordWish {
	readonly connection: Parameters<ReadRecordPage>[0];
	readonly kind: RecordKind;
	readonly wanted: Parameters<ReadRecordPage>[2];
}

function problemOf(cause: unknown): RecordProblem {
	if (!(cause instanceof HubError)) return explainXeroFailure(cause);
	const remedy =
		cause.code === 'reauth_required' ? 'reconnect' : cause.status >= 500 ? 'retry' : 'none';
	const title =
		cause instanceof XeroRateLimitedError
			? "Xero's limit is used up"
			: 'The hub has no access right now';
	return { title, message: cause.message, remedy };
}

/** Gives up waiting; the call itself cannot be taken back, and it only reads. */
async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(reject, ms, { code: 'ETIMEDOUT' });
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
