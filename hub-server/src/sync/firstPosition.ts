import type { SyncKind } from '../database/tables';
import type { RunPosition, Stream } from './Stream';

/** Where a run begins: a delta with what has changed, a sweep with everything. */
export function firstPosition(
	kind: SyncKind,
	{ since, entity }: Pick<Stream, 'since' | 'entity'>,
): RunPosition {
	const isFull = kind === 'sweep' || entity.list === 'whole' || since === null;
	return { phase: 'list', at: { ...(isFull ? {} : { since }), page: 1 } };
}
