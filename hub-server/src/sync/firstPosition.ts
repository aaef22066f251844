import type { SyncKind } from '../database/tables';
import { isFullRead } from './isFullRead';
import type { RunPosition, Stream } from './Stream';

/** Where a run begins: a delta with what has changed, a sweep with everything. */
export function firstPosition(
	kind: SyncKind,
	stream: Pick<Stream, 'since' | 'entity'>,
): RunPosition {
	const { since } = stream;
	const begin = isFullRead({ run: { kind }, stream }) || since === null ? {} : { since };
	return { phase: 'list', at: { ...begin, page: 1 } };
}
