import type { IDataObject } from 'n8n-workflow';

import { BANK_FEEDS_PATH } from '../../requests/bankFeedsApi';
import { rejectionOf } from '../../requests/sendFeedItems';
import { done, failed, type ItemOutcome } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';

/** Milliseconds between two looks: soon at first, then less often. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Looks after a statement until Xero has delivered or rejected it. One that is still PENDING when the
 * time is up comes out as that: it may yet be either.
 *
 * @param sent what came out for the statement when it was sent
 */
export async function awaitDelivery(
	run: OperationRun,
	tenantId: string,
	sent: IDataObject,
	{ waitMs, sleep }: { readonly waitMs: number; readonly sleep: (ms: number) => Promise<void> },
): Promise<ItemOutcome> {
	const endMs = run.nowMs() + waitMs;
	for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
		const reply = await run.transport.send({
			method: 'GET',
			path: `${BANK_FEEDS_PATH}/Statements/${String(sent.id)}`,
			tenantId,
		});
		const seen = reply.kind === 'answered' && reply.status === 200 ? reply.body : undefined;
		const statement = (seen ?? {}) as IDataObject;
		if (statement.status === 'REJECTED') return failed(rejectionOf(statement));
		if (statement.status === 'DELIVERED') return done({ ...sent, status: 'DELIVERED' });
		const leftMs = endMs - run.nowMs();
		if (leftMs <= 0) return done(sent);
		await sleep(Math.min(pauseMs, leftMs));
	}
}
