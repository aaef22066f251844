import type { Kysely } from 'kysely';
import { endAlert } from '../alerts/endAlert';
import { raiseAlert } from '../alerts/raiseAlert';
import type { Clock } from '../clock';
import type { MappingKind, Tables } from '../database/tables';
import { HubError } from '../errors/HubError';
import { connectionName } from '../xero/connections/connectionName';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import type { Chart, ChartAge } from './chart';
import { judgeMapping, textOf } from './judgeMapping';
import { KIND_WORDS } from './kindWords';
import type { MappingsOf, MappingStore, MappingVerdict, StoredMapping } from './mappingStore';

/** A kind of alert: subject is the organisation's id. */
export const MAPPING_BROKEN = 'mapping_broken';

/**
 * Holds mappings against what the organisation has, writes down what came of it, and raises or ends the alert. Where
 * Xero cannot be asked they stay as they were: what is sent next fails with the same words.
 *
 * @param some by id
 * @returns by id, as they are now
 */
export type CheckMappings = (
	of: MappingsOf,
	some: ReadonlyMap<string, StoredMapping>,
	age: ChartAge,
) => Promise<ReadonlyMap<string, StoredMapping>>;

export function createCheckMappings(deps: {
	readonly mappings: Pick<MappingStore, 'judge'>;
	readonly chart: Pick<Chart, 'find'>;
	readonly connections: Pick<ConnectionRows, 'findTenant'>;
	readonly tellAlert: TellMappingAlert;
	readonly now: Clock;
}): CheckMappings {
	const { mappings, chart, connections, tellAlert, now } = deps;

	return async function checkMappings(of, some, age) {
		if (some.size === 0) return some;
		const connection = await connections.findTenant(of.workspaceId, of.tenantId);
		if (connection === undefined) return some;
		const at = now();
		const where = { ...of, tenantId: connection.tenantId, grantId: connection.grantId };

		async function verdictsOf(
			kind: MappingKind,
			these: readonly StoredMapping[],
		): Promise<readonly MappingVerdict[]> {
			try {
				const values = await chart.find(where, kind, these, age);
				const first = these.map((one) => judgeMapping(one, values));
				// A copy that says less than Xero would now is no reason to refuse anything.
				const isDoubtful = age === 'kept' && first.some(({ state }) => state === 'broken');
				if (!isDoubtful) return first;
				const doubted = these.filter((_, index) => first[index]?.state === 'broken');
				const fresh = await chart.find(where, kind, doubted, 'doubted');
				const again = new Map(doubted.map((one) => [one.id, judgeMapping(one, fresh)]));
				return first.map((verdict) => again.get(verdict.id) ?? verdict);
			} catch (cause) {
				if (cause instanceof HubError) return [];
				throw cause;
			}
		}

		const byKind = Map.groupBy(some.values(), ({ kind }) => kind);
		const verdicts = (
			await Promise.all([...byKind].map(([kind, these]) => verdictsOf(kind, these)))
		).flat();
		const changed = verdicts.filter((verdict) => isNews(some.get(verdict.id), verdict));
		await mappings.judge(of, changed, at);
		if (changed.some(({ id, state }) => some.get(id)?.state !== state)) await tellAlert(of);

		const checked = new Map(some);
		for (const { id, ...verdict } of verdicts) {
			const before = some.get(id);
			if (before !== undefined) checked.set(id, { ...before, ...verdict });
		}
		return checked;
	};
}

function isNews(
	before: StoredMapping | undefined,
	{ id: _id, ...verdict }: MappingVerdict,
): boolean {
	if (before === undefined) return false;
	return JSON.stringify({ ...before, ...verdict }) !== JSON.stringify(before);
}

/** Raises the alert of an organisation that has broken mappings, and ends it where it has none. */
export type TellMappingAlert = (of: MappingsOf) => Promise<void>;

export function createTellMappingAlert(deps: {
	readonly db: Kysely<Tables>;
	readonly mappings: Pick<MappingStore, 'list' | 'count'>;
	readonly connections: Pick<ConnectionRows, 'findTenant'>;
	readonly now: Clock;
}): TellMappingAlert {
	const { db, mappings, connections, now } = deps;

	return async function tellMappingAlert(of) {
		const { workspaceId } = of;
		const tenantId = of.tenantId.toLowerCase();
		const { broken } = await mappings.count(of);
		if (broken === 0) {
			await endAlert(db, { kind: MAPPING_BROKEN, workspaceId, subject: tenantId }, now());
			return;
		}
		const { items } = await mappings.list(of, { state: 'broken' }, { limit: 1 });
		const connection = await connections.findTenant(workspaceId, tenantId);
		const first = items[0];
		const example =
			first === undefined
				? ''
				: ` ${KIND_WORDS[first.kind].many} ${textOf(first.key)}: ${first.reason ?? ''}`;
		const message =
			`${connection === undefined ? tenantId : connectionName(connection)} has mappings to what Xero does not ` +
			`take any more.${example} What uses them is not sent until you choose again under Mapping.`;
		await raiseAlert(db, { workspaceId, kind: MAPPING_BROKEN, subject: tenantId, message }, now());
	};
}
