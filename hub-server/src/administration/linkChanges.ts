import type { Kysely } from 'kysely';
import type { XeroRecord } from '../../protocol/xero';
import type { Tables } from '../database/tables';
import { InvalidFieldsError, NotFoundError, QuotaReachedError } from '../errors/requestErrors';
import { UnknownTenantError } from '../errors/syncErrors';
import { XeroUnreachableError } from '../errors/xeroErrors';
import { agreeBase } from '../links/agreeBase';
import { ENTITY_NAMES } from '../links/judgeLinked';
import type { AgreedBase, ExternalRecord, Link, LinkedEntity } from '../links/Link';
import type { LinkStore } from '../links/LinkStore';
import { faultOfXeroId, type LinkRow, type RowFault } from '../links/readLinkRows';
import type { KnownRecords } from '../records/knownRecords';
import type { ReadRecords } from '../records/readRecords';
import { findEntity } from '../records/xeroEntities';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';
import type { Workspace } from '../workspaces/workspaceStore';
import { connectionName } from '../xero/connections/connectionName';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

export interface LinkWish {
	readonly xeroId: string;
	/** What the other system holds now, in Xero's member names: it becomes the agreed base. */
	readonly fields?: XeroRecord | undefined;
}

/** What an import did. */
export interface LinkImport {
	readonly made: number;
	readonly changed: number;
	readonly unchanged: number;
	/** Rows that were left alone. */
	readonly conflicts: readonly RowFault[];
}

/** The links of a workspace, as people and workflows set them. */
export interface LinkChanges {
	/**
	 * Of an organisation's records only what exists in Xero is linked: what the hub does not know yet is read from Xero, which
	 * costs a call.
	 *
	 * @throws UnknownTenantError, LinkTakenError, QuotaReachedError, XeroUnreachableError, XeroRateLimitedError,
	 * InvalidFieldsError where Xero has no such record
	 */
	put(
		by: Actor,
		workspace: Holder,
		record: ExternalRecord,
		wish: LinkWish,
	): Promise<{ readonly isNew: boolean; readonly link: Link }>;
	/** @throws NotFoundError */
	remove(by: Actor, workspace: Holder, record: ExternalRecord): Promise<void>;
	/**
	 * Each row is linked or named in `conflicts`; importing the same again changes nothing. Xero is not asked: a migration looks
	 * records up, and what is known to be gone is told by its link.
	 *
	 * @throws QuotaReachedError, and then nothing is linked
	 */
	import(by: Actor, workspace: Holder, rows: readonly LinkRow[]): Promise<LinkImport>;
}

type Holder = Pick<Workspace, 'id' | 'slug'>;

/** What was agreed after the record was read: a push has Xero's own answer, and it is newer. */
function agreedSince(
	link: Link | undefined,
	held: { readonly seenAt: number } | undefined,
): AgreedBase | null {
	return link !== undefined && link.updatedAt >= (held?.seenAt ?? 0) ? link.base : null;
}

export function createLinkChanges(deps: {
	readonly db: Kysely<Tables>;
	readonly links: LinkStore;
	readonly connections: Pick<ConnectionRows, 'findTenant' | 'list'>;
	readonly knownRecords: Pick<KnownRecords, 'record'>;
	readonly readRecords: ReadRecords;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'of'>;
	readonly noteChange: NoteChange;
}): LinkChanges {
	const { links, connections, knownRecords, readRecords, workspaceLimits, noteChange } = deps;

	/** @throws QuotaReachedError */
	async function requireRoom(workspaceId: string, more: number): Promise<void> {
		const { links: limit } = await workspaceLimits.of(workspaceId);
		if ((await links.count(workspaceId)) + more > limit)
			throw new QuotaReachedError('links', limit);
	}

	/** @returns the record as far as it is known, and when that was read; null where the hub keeps hashes only */
	async function requireRecord(
		workspaceId: string,
		{ tenantId, entity }: { readonly tenantId: string; readonly entity: LinkedEntity },
		xeroId: string,
	): Promise<{ readonly record: XeroRecord | null; readonly seenAt: number } | undefined> {
		const connection = await connections.findTenant(workspaceId, tenantId);
		if (connection === undefined) throw new UnknownTenantError(tenantId);
		const organisation = connectionName(connection);
		const record = await knownRecords
			.record(workspaceId, { tenantId, entity, id: xeroId })
			.catch((cause: unknown) => {
				if (cause instanceof NotFoundError) return undefined;
				throw cause;
			});
		if (record?.deleted === true) throw noSuchRecord(entity, xeroId, organisation);
		const found = record?.record ?? (record === undefined ? await read() : null);
		requireKind(found, entity);
		return { record: found, seenAt: record === undefined ? Infinity : Date.parse(record.seenAt) };

		async function read(): Promise<XeroRecord> {
			const category = findEntity(entity)?.category ?? '';
			const answer = await readRecords({ workspaceId, tenantId, category, ids: [xeroId] });
			// Whoever sets a link waits for Xero's minute as with any other call.
			if (answer.kind !== 'read' && answer.limited !== undefined) throw answer.limited;
			if (answer.kind === 'retry') {
				const reason = answer.reason.replace(/\.$/, '');
				throw new XeroUnreachableError(
					`Xero could not be asked for the ${ENTITY_NAMES[entity]}: ${reason}`,
					Math.max(1, Math.ceil(answer.afterMs / 1000)),
				);
			}
			if (answer.kind === 'impossible') {
				throw new InvalidFieldsError([
					{ field: 'xeroId', message: `cannot be looked up in Xero: ${answer.reason}` },
				]);
			}
			const one = answer.records.get(xeroId.toLowerCase());
			if (one === undefined) throw noSuchRecord(entity, xeroId, organisation);
			return one;
		}
	}

	return {
		async put(by, { id: workspaceId, slug }, asked, { xeroId, fields }) {
			const record = { ...asked, tenantId: asked.tenantId?.toLowerCase() ?? null };
			const { tenantId, entity } = record;
			const fault = faultOfXeroId(entity, xeroId);
			if (fault !== undefined) throw new InvalidFieldsError([{ field: 'xeroId', message: fault }]);
			const [before] = await links.findMany(workspaceId, [record]);
			if (before === undefined) await requireRoom(workspaceId, 1);
			const isLinked = before?.state === 'linked' && before.xeroId === xeroId.toLowerCase();
			const held =
				tenantId === null || (isLinked && fields === undefined)
					? undefined
					: await requireRecord(workspaceId, { tenantId, entity }, xeroId);
			const put = await links.put(workspaceId, record, {
				xeroId,
				base: fields && {
					...(isLinked && before.base),
					...agreeBase(fields, held?.record ?? null, isLinked ? agreedSince(before, held) : null),
				},
			});
			// A workflow tells after each change what the other system holds now: that is no change of the link.
			if (put.isNew || before?.xeroId !== put.link.xeroId || before?.state !== put.link.state) {
				await noteChange(by, {
					workspace: slug,
					action: 'link.set',
					detail: { ...named(record), xeroId: put.link.xeroId ?? '' },
				});
			}
			return put;
		},

		async remove(by, { id: workspaceId, slug }, record) {
			if (!(await links.remove(workspaceId, record))) throw unknownLink(record);
			await noteChange(by, { workspace: slug, action: 'link.removed', detail: named(record) });
		},

		async import(by, { id: workspaceId, slug }, rows) {
			const tenants = new Set(
				(await connections.list(workspaceId)).map(({ tenantId }) => tenantId),
			);
			const conflicts: RowFault[] = [];
			const asked = new Map<string, LinkRow>();
			const wanted = rows.filter((row) => {
				const { tenantId } = row.record;
				const key = JSON.stringify(row.record);
				const other = asked.get(key);
				const reason =
					tenantId !== null && !tenants.has(tenantId)
						? new UnknownTenantError(tenantId).message
						: other !== undefined && other.xeroId.toLowerCase() !== row.xeroId.toLowerCase()
							? `"${row.record.externalId}" is linked to another record in row ${other.row}.`
							: undefined;
				if (reason === undefined) asked.set(key, other ?? row);
				else conflicts.push({ row: row.row, reason });
				return reason === undefined;
			});
			const known = await links.findMany(
				workspaceId,
				wanted.map(({ record }) => record),
			);
			await requireRoom(workspaceId, known.filter((link) => link === undefined).length);
			const outcomes = await links.putMany(workspaceId, wanted);
			const counts = { made: 0, changed: 0, unchanged: 0 };
			outcomes.forEach((outcome, index) => {
				if (outcome.kind !== 'taken') counts[outcome.kind] += 1;
				else {
					const row = wanted[index]?.row ?? 0;
					const reason = `Its record of Xero's is linked to "${outcome.externalId}" already. Remove that link first, or correct the row.`;
					conflicts.push({ row, reason });
				}
			});
			await noteChange(by, {
				workspace: slug,
				action: 'links.imported',
				detail: {
					...{ made: String(counts.made), changed: String(counts.changed) },
					conflicts: String(conflicts.length),
				},
			});
			return { ...counts, conflicts: conflicts.toSorted((a, b) => a.row - b.row) };
		},
	};
}

/** @throws InvalidFieldsError where an invoice is linked as a bill, or the other way round */
function requireKind(record: XeroRecord | null, entity: LinkedEntity): void {
	const type = record?.['Type'];
	const isOther =
		(entity === 'invoice' && type === 'ACCPAY') || (entity === 'bill' && type === 'ACCREC');
	if (!isOther) return;
	const message =
		entity === 'bill'
			? 'is a sales invoice: its entity is invoice'
			: 'is a bill: its entity is bill';
	throw new InvalidFieldsError([{ field: 'xeroId', message }]);
}

function noSuchRecord(entity: LinkedEntity, xeroId: string, organisation: string) {
	return new InvalidFieldsError([
		{
			field: 'xeroId',
			message: `${organisation} has no ${ENTITY_NAMES[entity]} ${xeroId} in Xero. Check that the id is this organisation's.`,
		},
	]);
}

export function unknownLink({ system, entity, externalId }: ExternalRecord): NotFoundError {
	return new NotFoundError(
		`Of ${system} no ${ENTITY_NAMES[entity]} "${externalId}" is linked there.`,
	);
}

function named({ tenantId, system, entity, externalId }: ExternalRecord) {
	return { ...(tenantId !== null && { tenantId }), system, entity, externalId };
}
