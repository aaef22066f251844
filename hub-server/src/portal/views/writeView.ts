import { isGuid } from '../../records/isGuid';
import { findEntity } from '../../records/xeroEntities';
import type { WriteView, WrittenRecordView } from '../../writes/writeReader';
import { textOf } from '../show/texts';

/** A write as its row shows it. */
export interface ShownWrite {
	readonly id: string;
	readonly at: string;
	/** Such as `2 invoices created, 1 refused`. */
	readonly what: string;
	readonly organisation: string;
	readonly badge: { readonly tone: 'good' | 'bad' | 'warn' | 'info'; readonly word: string };
	readonly message: string | null;
	readonly records: readonly ShownRecord[];
	/** Beyond those that are listed. */
	readonly more: number;
	readonly workflow: string | null;
	readonly node: string | null;
	/** Who showed which key, or what wrote by itself. */
	readonly who: string;
	readonly push: { readonly system: string; readonly href: string } | undefined;
	readonly fields: string;
	/** As it was asked of Xero. */
	readonly request: string | null;
}

interface ShownRecord {
	readonly label: string;
	readonly change: string;
	readonly message: string | null;
	/** Its page here; undefined where the hub has not read it. */
	readonly href: string | undefined;
	readonly xeroUrl: string | null;
}

const RECORDS_SHOWN = 5;

/** @param place `at`: where the workspace's pages stand */
export function writeView(
	write: WriteView,
	place: { readonly at: string; nameOf(tenantId: string): string },
): ShownWrite {
	const { records, moreRecords, workflow, system, pushId } = write;
	return {
		id: write.id,
		at: write.at,
		what: whatWasWritten(write),
		organisation: place.nameOf(write.tenantId),
		badge: BADGES[write.outcome],
		message: write.message,
		records: records
			.filter(({ id, message }) => id !== null || (message ?? write.message) !== write.message)
			.slice(0, RECORDS_SHOWN)
			.map((record) => shownRecord(write, record, place.at)),
		more: Math.max(0, records.length - RECORDS_SHOWN) + moreRecords,
		workflow: workflow && (workflow.name ?? workflow.id),
		node: write.node,
		who: write.key?.name ?? (pushId === null ? 'Operator' : 'Hub'),
		push:
			pushId === null
				? undefined
				: { system: system ?? '', href: `${place.at}/pushes/${encodeURIComponent(pushId)}` },
		fields: write.fields.join(', '),
		request: write.method && `${write.method} ${write.path ?? ''}`,
	};
}

const BADGES: Readonly<Record<WriteView['outcome'], ShownWrite['badge']>> = {
	saved: { tone: 'good', word: 'Saved' },
	partly: { tone: 'warn', word: 'Partly saved' },
	refused: { tone: 'bad', word: 'Refused' },
	unknown: { tone: 'warn', word: 'Answer unknown' },
	under_way: { tone: 'info', word: 'Under way' },
};

const CHANGES: Readonly<Record<WrittenRecordView['change'], string>> = {
	created: 'created',
	updated: 'updated',
	saved: 'created or updated',
	deleted: 'deleted',
	voided: 'voided',
	archived: 'archived',
	unchanged: 'unchanged',
	refused: 'refused',
	unknown: 'not known',
};

function whatWasWritten({ records, moreRecords, entity, part, path, method }: WriteView): string {
	const kind = textOf.words(entity ?? collectionOf(path) ?? 'record').toLowerCase();
	if (part !== null) return `${textOf.words(part)} of ${article(kind)}`;
	const counts = Map.groupBy(records, ({ change }) => change);
	const parts = [...counts].map(
		([change, { length }]) => `${textOf.count(length)} ${CHANGES[change]}`,
	);
	if (moreRecords > 0) parts.push(`${textOf.count(moreRecords)} more`);
	const [first] = records;
	if (records.length === 1 && moreRecords === 0 && first !== undefined) {
		return textOf.words(`${kind} ${CHANGES[first.change]}`);
	}
	if (parts.length === 0)
		return textOf.words(`${kind}: ${method === 'DELETE' ? 'delete' : 'save'}`);
	return `${textOf.words(kind)}: ${parts.join(', ')}`;
}

function shownRecord(
	{ tenantId, entity }: WriteView,
	{ id, label, change, message, xeroUrl, isKnown }: WrittenRecordView,
	at: string,
): ShownRecord {
	const path = [tenantId, entity ?? '', id ?? ''].map(encodeURIComponent).join('/');
	const hasPage = isKnown && entity !== null && findEntity(entity) !== undefined;
	return {
		label: label ?? shortId(id) ?? 'Record without an id',
		change: CHANGES[change],
		message,
		href: hasPage ? `${at}/records/${path}` : undefined,
		xeroUrl,
	};
}

/** Of a record that the hub has no copy of: its beginning is enough to tell it from others. */
function shortId(id: string | null): string | undefined {
	if (id === null) return undefined;
	return isGuid(id) ? `${id.slice(0, 8)}…` : id;
}

function collectionOf(path: string | null): string | undefined {
	return path?.split('/')[3];
}

function article(kind: string): string {
	return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
