import type { Connection } from '../../xero/connections/connectionRows';
import { readRefusedAnswer } from '../../xero/api/refusedAnswer';
import { readJson } from '../../xero/api/xeroAnswer';
import type { XeroApi } from '../../xero/api/xeroApi';
import { explainNoAnswer, explainRefusal } from './explainProblem';
import type { ListAnswer } from './ListAnswer';
import { listPath } from './ListRequest';
import type { RecordKind, RecordsFound, RecordsQuery } from './RecordKind';

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

/**
 * Reads one page of records, in turn with the workflows and with the token that they use. What goes
 * wrong at Xero is an outcome.
 */
export type ReadRecordPage = (
	connection: Pick<Connection, 'grantId' | 'workspaceId' | 'tenantId'>,
	kind: RecordKind,
	wanted: RecordsQuery,
) => Promise<RecordPage>;

/** How long a person waits for a turn, and then for Xero. */
const PATIENCE_MS = 20_000;

export function createReadRecordPage(api: Pick<XeroApi, 'send'>): ReadRecordPage {
	return async ({ grantId, workspaceId, tenantId }, kind, wanted) => {
		try {
			const answer = await api.send({
				grantId,
				workspaceId,
				tenantId,
				method: 'GET',
				path: listPath(kind.request(wanted)),
				headers: { accept: 'application/json' },
				flow: 'portal',
				maxWaitMs: PATIENCE_MS,
				timeoutMs: PATIENCE_MS,
			});
			if (answer.status !== 200) {
				return { kind: 'failed', problem: explainRefusal(await readRefusedAnswer(answer)) };
			}
			const list = (await readJson(answer)) as ListAnswer;
			return { kind: 'found', found: kind.read(list, wanted) };
		} catch (cause) {
			return { kind: 'failed', problem: explainNoAnswer(cause) };
		}
	};
}
