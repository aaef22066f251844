import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { findEntity, type XeroEntity } from '../records/xeroEntities';
import type { XeroApi } from '../xero/api/xeroApi';
import { judgeFailure } from './judgeFailure';
import { organisationZone } from './organisationZone';
import { readList, type ListCall } from './readList';
import type { ClaimedStream } from './Stream';

/** An organisation's own day, and the calls to Xero that it took to know it. */
export interface OrganisationZone {
	/** IANA name. */
	readonly zone: string;
	readonly calls: number;
}

/**
 * The time zone of a stream's organisation, asked for once a day. Where Xero does not tell it, or names one that is
 * not known, it is the one where each day begins last: then nothing is overdue too early.
 *
 * @throws what `XeroApi.send` throws, where asking again later helps and no earlier answer is known
 */
export type TimeZoneOf = (claimed: ClaimedStream, call: ListCall) => Promise<OrganisationZone>;

const DAY_MS = 24 * 3600_000;

const LAST_ON_EARTH = 'Etc/GMT+12';

const ORGANISATION = findEntity('organisation') as XeroEntity;

export function createTimeZoneOf(deps: {
	readonly db: Kysely<Tables>;
	readonly api: Pick<XeroApi, 'send'>;
	readonly now: () => number;
}): TimeZoneOf {
	const { db, api, now } = deps;

	return async function timeZoneOf({ stream }, call) {
		const { connectionId, failures } = stream;
		const known = await db
			.selectFrom('connections')
			.select(['time_zone', 'time_zone_at'])
			.where('id', '=', connectionId)
			.executeTakeFirst();
		const at = now();
		const name = known?.time_zone ?? null;
		const askedAt = known?.time_zone_at ?? null;
		if (askedAt !== null && at < askedAt + DAY_MS) {
			return { zone: zoneOf(name), calls: 0 };
		}
		let told = name;
		try {
			const { records } = await readList(api, { ...call, entity: ORGANISATION }, { page: 1 });
			const timezone = records[0]?.['Timezone'];
			if (typeof timezone === 'string') told = timezone;
		} catch (cause) {
			const failed = judgeFailure(cause, failures, ORGANISATION.scope);
			if (failed.kind === 'wait' && askedAt === null) throw cause;
		}
		await db
			.updateTable('connections')
			.set({ time_zone: told, time_zone_at: at })
			.where('id', '=', connectionId)
			.execute();
		return { zone: zoneOf(told), calls: 1 };
	};
}

function zoneOf(name: string | null): string {
	return (name === null ? undefined : organisationZone(name)) ?? LAST_ON_EARTH;
}
