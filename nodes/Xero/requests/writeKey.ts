import { idempotencyKey, type KeyedWrite } from '../../../hub-server/protocol/xero';
import type { OperationRun } from '../run/OperationRun';

/** The idempotency key of one write of a run: the same in a retry of the execution. */
export function writeKey(run: OperationRun, write: Omit<KeyedWrite, 'maker' | 'seed'>): string {
	return idempotencyKey({ ...write, maker: 'n8n', seed: run.idempotencySeed });
}
