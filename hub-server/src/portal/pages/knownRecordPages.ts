import { Router } from 'express';
import type { Link } from '../../links/Link';
import { isLinkedEntity } from '../../links/readLinkRows';
import { sameValue } from '../../links/sameValue';
import type { XeroRecord } from '../../../protocol/xero';
import { NotFoundError } from '../../errors/requestErrors';
import { findEntity } from '../../records/xeroEntities';
import type { RecordView } from '../../records/knownRecords';
import { connectionName } from '../../xero/connections/connectionName';
import { prettyJson } from '../show/prettyJson';
import { recordLabel } from '../../records/recordLabel';
import { pageTemplate, showPage } from '../show/showPage';
import { pageWorkspace } from '../show/visit';
import { xeroLink } from '../../records/xeroLink';
import { recordFacts, recordLines, type RecordFact, type RecordLine } from '../views/recordFacts';
import type { WorkspacePages } from './workspacePages';

interface RecordEvent {
	readonly id: string;
	readonly type: string;
	readonly source: string;
	readonly occurredAt: string;
}

interface LinkedSide {
	readonly system: string;
	readonly externalId: string;
	readonly state: string;
	readonly reason: string | null;
	readonly members: ReadonlyArray<{
		readonly member: string;
		readonly external: string;
		readonly agreed: string;
		/** As Xero has it now; undefined where no copy is kept. */
		readonly now: string | undefined;
		readonly hasChanged: boolean;
	}>;
}

const recordPage = pageTemplate<{
	at: string;
	organisation: { readonly id: string; readonly name: string };
	entity: string;
	id: string;
	label: string | undefined;
	/** Undefined: the hub has read it never, and perhaps was told of it. */
	known: RecordView | undefined;
	changedAt: number | undefined;
	facts: readonly RecordFact[];
	lines: readonly RecordLine[];
	json: string | undefined;
	events: readonly RecordEvent[];
	link: string | undefined;
	/** What it is in other systems, and what both sides agreed on last. */
	links: readonly LinkedSide[];
	keepsRecords: boolean;
	hasSync: boolean;
}>('record');

type KnownRecordPagesDeps = Pick<
	WorkspacePages,
	'connections' | 'knownRecords' | 'events' | 'recordLinks' | 'sync'
>;

/** `/w/{slug}/records/{tenantId}/{entity}/{xeroId}`: a record as the hub last knew it; Xero is not asked. */
export function createKnownRecordPages(pages: KnownRecordPagesDeps): Router {
	const { connections, knownRecords, events } = pages;
	const routes = Router();

	routes.get('/records/:tenantId/:entity/:xeroId', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { tenantId, entity, xeroId: id } = request.params;
		const connection = await connections.findTenant(workspace.id, tenantId);
		if (connection === undefined || findEntity(entity) === undefined) {
			throw new NotFoundError('The hub knows no such record.');
		}
		const place = { tenantId: connection.tenantId, entity, id };
		const known = await knownRecords.record(workspace.id, place).catch((cause: unknown) => {
			if (cause instanceof NotFoundError) return undefined;
			throw cause;
		});
		const about = await events.eventsOfRecord(workspace.id, known ?? place);
		if (known === undefined && about.length === 0) {
			throw new NotFoundError(
				`The hub knows no ${entity} "${id}" of ${connectionName(connection)}.`,
			);
		}
		const record = known?.record ?? null;
		const named = known?.entity ?? entity;
		const sides = await pages.recordLinks.ofXero(
			workspace.id,
			connection.tenantId,
			(named === 'invoice' ? ['invoice', 'bill'] : [named])
				.filter(isLinkedEntity)
				.map((one) => ({ entity: one, xeroId: known?.id ?? id })),
		);
		const version = Number(known?.version);
		showPage(
			response,
			recordPage,
			{ title: 'Record', tab: 'sync', workspace },
			{
				at: `/w/${workspace.slug}`,
				organisation: { id: connection.id, name: connectionName(connection) },
				entity: known?.entity ?? entity,
				id: known?.id ?? id,
				label: recordLabel(record ?? undefined),
				known,
				// Otherwise it is a hash: Xero tells no time.
				changedAt: /^\d{12,14}$/.test(known?.version ?? '') ? version : undefined,
				facts: record === null ? [] : recordFacts(record),
				lines: record === null ? [] : recordLines(record),
				json: record === null ? undefined : prettyJson(record),
				events: about,
				link: xeroLink(known?.entity ?? entity, known?.id ?? id, record),
				links: sides.map((side) => linkedSide(side, record)),
				keepsRecords: pages.sync?.keepsRecords ?? true,
				hasSync: pages.sync !== undefined,
			},
		);
	});
	return routes;
}

function linkedSide(
	{ system, externalId, state, reason, base }: Link,
	record: XeroRecord | null,
): LinkedSide {
	return {
		...{ system, externalId, state, reason },
		members: Object.entries(base ?? {}).map(([member, { external, xero }]) => ({
			member,
			external: textOf(external),
			agreed: textOf(xero),
			now: record === null ? undefined : textOf(record[member]),
			hasChanged: record !== null && !sameValue(member, xero, record[member]),
		})),
	};
}

function textOf(value: unknown): string {
	if (value === null || value === undefined || value === '') return '–';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
