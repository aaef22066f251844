import { recordId } from '../../records/FoundRecord';
import type { KnownRecords } from '../../records/knownRecords';
import type { Workspace } from '../../workspaces/workspaceStore';

/** A record in Xero, as far as somebody has named it. */
interface NamedRecord {
	/** Null: of no organisation yet. */
	readonly tenantId: string | null;
	readonly entity: string;
	/** Null: not in Xero yet. */
	readonly xeroId: string | null;
}

/** The address of a record's page; undefined of what the hub does not know: there is no page of it. */
export type RecordPageOf = (record: NamedRecord) => string | undefined;

/** Looks up which of these records have a page, all at once. */
export async function findRecordPages(
	knownRecords: Pick<KnownRecords, 'knownAmong'>,
	{ id: workspaceId, slug }: Pick<Workspace, 'id' | 'slug'>,
	records: readonly NamedRecord[],
): Promise<RecordPageOf> {
	const groups = Map.groupBy(records, ({ tenantId, entity }) => placeOf(tenantId, entity));
	const known = new Map<string, ReadonlySet<string>>();
	for (const [place, group] of groups) {
		const [{ tenantId, entity } = { tenantId: null, entity: '' }] = group;
		if (tenantId === null) continue;
		const ids = group.flatMap(({ xeroId }) => xeroId ?? []);
		known.set(place, await knownRecords.knownAmong(workspaceId, { tenantId, entity, ids }));
	}
	return function recordPageOf({ tenantId, entity, xeroId }) {
		if (tenantId === null || xeroId === null) return undefined;
		if (known.get(placeOf(tenantId, entity))?.has(recordId(xeroId)) !== true) return undefined;
		return `/w/${slug}/records/${[tenantId, entity, xeroId].map(encodeURIComponent).join('/')}`;
	};
}

function placeOf(tenantId: string | null, entity: string): string {
	return JSON.stringify([tenantId, entity]);
}
