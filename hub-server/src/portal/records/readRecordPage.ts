import type { Clock } from '../../clock';
import { HubError } from '../../errors/HubError';
import type { GrantVault } from '../../vault/grantVault';
import type { Connection } from '../../xero/connectionRows';
import { paceOrg } from '../../xero/pacing/paceOrg';
import type { Pacer } from '../../xero/pacing/pacer';
import { XeroRateLimitedError } from '../../xero/xeroErrors';
import { explainXeroFailure } from './explainXeroFailure';
import type { RecordKind, RecordsFound } from './RecordKind';

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
	/** How long a person waits, in milliseconds; xero-node itself would wait for ever. */
	readonly timeoutMs?: number;
}

/** Reads one page of records through Xero's own SDK. What goes wrong at Xero is an outcome. */
export type ReadRecordPage = (
	connection: Pick<Connection, 'grantId' | 'workspaceId' | 'tenantId'>,
	kind: RecordKind,
	wanted: { readonly search: string; readonly page: number },
) => Promise<RecordPage>;

export function createReadRecordPage(deps: ReadRecordPageDeps): ReadRecordPage {
	const { vault, pacer, now, xeroApiUrl, timeoutMs = 20_000 } = deps;

	return async (connection, kind, { search, page }) => {
		const { grantId, workspaceId, tenantId } = connection;
		try {
			const { token } = await vault.accessToken(grantId, { workspaceId });
			// Loaded with the first page that needs it: the SDK's code is a megabyte.
			const { AccountingApi } = await import('xero-node/dist/gen/api/accountingApi.js');
			const api = new AccountingApi(`${xeroApiUrl}/api.xro/2.0`);
			api.accessToken = token;
			const turn = await pacer.enter({
				org: paceOrg(grantId, tenantId),
				flow: 'portal',
				deadline: now() + timeoutMs,
			});
			try {
				const found = await within(timeoutMs, kind.read(api, { tenantId, search, page }));
				return { kind: 'found', found };
			} finally {
				turn.finish();
			}
		} catch (cause) {
			return { kind: 'failed', problem: problemOf(cause) };
		}
	};
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
