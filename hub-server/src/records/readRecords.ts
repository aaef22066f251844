import { XERO_IDS_PER_REQUEST } from '../../protocol/xero';
import { HubError } from '../errors/HubError';
import type { Uptime } from '../clock';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import type { XeroApi } from '../xero/api/xeroApi';
import { readJson } from '../xero/api/xeroAnswer';
import { isGuid } from './isGuid';
import { entityOfCategory, listPath, recordPath, type XeroEntity } from './xeroEntities';
import {
	XeroConnectionFailedError,
	XeroRateLimitedError,
	XeroTimeoutError,
	XeroUnreachableError,
} from '../errors/xeroErrors';

export interface RecordsWanted {
	readonly workspaceId: string;
	readonly tenantId: string;
	/** Xero's eventCategory, upper case. */
	readonly category: string;
	readonly ids: readonly string[];
}

/** By id in lower case, as Xero answered them. */
export type RecordsById = Map<string, Record<string, unknown>>;

export type RecordsRead =
	/** An id that is not among the records is unknown to Xero. */
	| { readonly kind: 'read'; readonly records: RecordsById }
	/** Later; what was read before the trouble is in `records`. */
	| {
			readonly kind: 'retry';
			readonly afterMs: number;
			readonly reason: string;
			readonly records: RecordsById;
			/** Where one of Xero's limits is the reason. */
			readonly limited?: XeroRateLimitedError;
	  }
	/** No retry helps before a person does something, which `reason` says. */
	| {
			readonly kind: 'impossible';
			readonly reason: string;
			readonly limited?: XeroRateLimitedError;
	  };

/** Reads the records that events are about. Never throws for what Xero does. */
export type ReadRecords = (wanted: RecordsWanted) => Promise<RecordsRead>;

export interface ReadRecordsDeps {
	readonly connections: Pick<ConnectionRows, 'findTenant'>;
	readonly api: Pick<XeroApi, 'send'>;
	readonly uptime: Uptime;
}

/** A long row of single reads is broken off here, well inside the record reader's lease. */
const LONGEST_READ_MS = 45_000;

const RETRY_MS = 5_000;

/**
 * Addresses are made from the id and the configured API host: an event's `resourceUrl` came over the
 * network and is never followed.
 */
export function createReadRecords({ connections, api, uptime }: ReadRecordsDeps): ReadRecords {
	return async ({ workspaceId, tenantId, category, ids }) => {
		const source = entityOfCategory(category);
		if (source === undefined) {
			return { kind: 'impossible', reason: `The hub cannot read ${category} records from Xero.` };
		}
		const connection = await connections.findTenant(workspaceId, tenantId);
		if (connection === undefined || !connection.enabled) {
			return {
				kind: 'impossible',
				reason: `The organisation ${connection?.tenantName ?? tenantId} is ${connection ? 'disabled' : 'not connected'} in this workspace.`,
			};
		}

		const records: RecordsById = new Map();
		const deadline = uptime() + LONGEST_READ_MS;
		try {
			for (const path of pathsOf(source, ids)) {
				if (uptime() >= deadline) {
					return { kind: 'retry', afterMs: 0, reason: 'More records than fit one read.', records };
				}
				const answer = await api.send({
					grantId: connection.grantId,
					workspaceId,
					tenantId: connection.tenantId,
					method: 'GET',
					path,
					headers: { accept: 'application/json' },
				});
				if (answer.status === 404) {
					answer.body.resume();
					continue;
				}
				for (const record of recordsIn(await readJson(answer), source)) {
					records.set(String(record[source.idField]).toLowerCase(), record);
				}
			}
			return { kind: 'read', records };
		} catch (cause) {
			return judge(cause, records);
		}
	};
}

function pathsOf(entity: XeroEntity, ids: readonly string[]): string[] {
	const { bulkQuery, singleQuery } = entity;
	// Tax rates have no GUID, and no address of their own: the list is one answer.
	if (entity.idField === 'TaxType') return ids.length === 0 ? [] : [listPath(entity)];
	const guids = ids.filter(isGuid);
	if (bulkQuery === undefined) {
		const query = singleQuery === undefined ? '' : `?${singleQuery}`;
		return guids.map((id) => `${recordPath(entity, id)}${query}`);
	}

	const paths: string[] = [];
	for (let start = 0; start < guids.length; start += XERO_IDS_PER_REQUEST) {
		const chunk = guids.slice(start, start + XERO_IDS_PER_REQUEST);
		// Without `page` Xero answers summaries that lack the line items.
		const query = `IDs=${chunk.join(',')}&page=1&pageSize=${XERO_IDS_PER_REQUEST}&${bulkQuery}`;
		paths.push(`${listPath(entity)}?${query}`);
	}
	return paths;
}

function recordsIn(answer: unknown, { api, collection, idField }: XeroEntity) {
	// Newer APIs answer one record as it is.
	if (api !== undefined) return [answer as Record<string, unknown>];
	const list = (answer as Record<string, unknown> | null)?.[collection];
	if (!Array.isArray(list)) {
		throw new XeroUnreachableError(`Xero answered without a list of ${collection}`);
	}
	return list.filter(
		(record): record is Record<string, unknown> =>
			typeof record === 'object' && record !== null && idField in record,
	);
}

function judge(cause: unknown, records: RecordsById): RecordsRead {
	if (cause instanceof XeroUnreachableError) {
		const { limit, retryAfterSeconds } = cause;
		const limited = limit && new XeroRateLimitedError(limit, retryAfterSeconds, { cause });
		return {
			...{ kind: 'retry', afterMs: retryAfterSeconds * 1000, reason: cause.message, records },
			...(limited && { limited }),
		};
	}
	// The day's budget comes back in hours: a delivery without the record is better than one then.
	if (cause instanceof XeroRateLimitedError && cause.limit !== 'day') {
		const afterMs = cause.retryAfterSeconds * 1000;
		return { kind: 'retry', afterMs, reason: cause.message, records, limited: cause };
	}
	if (cause instanceof XeroConnectionFailedError || cause instanceof XeroTimeoutError) {
		return { kind: 'retry', afterMs: RETRY_MS, reason: cause.message, records };
	}
	if (cause instanceof XeroRateLimitedError) {
		return { kind: 'impossible', reason: cause.message, limited: cause };
	}
	if (cause instanceof HubError) return { kind: 'impossible', reason: cause.message };
	throw cause;
}
