import { isReadWhole } from '../records/xeroEntities';
import type { ClaimedStream } from './Stream';

/** Whether the run reads everything that the list has, so that what it does not see is not there. */
export function isFullRead({
	run,
	stream,
}: {
	readonly run: Pick<ClaimedStream['run'], 'kind'>;
	readonly stream: Pick<ClaimedStream['stream'], 'since' | 'entity'>;
}): boolean {
	return run.kind === 'sweep' || stream.since === null || isReadWhole(stream.entity);
}
