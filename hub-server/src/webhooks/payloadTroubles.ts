import type { Kysely } from 'kysely';
import type { FindTroubles } from '../alerts/alertLedger';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { createWaitingPayloads } from './waitingPayloads';

/** Routing takes milliseconds, and a burst seconds: what waits longer waits for a person. */
const BEHIND_MS = 5 * 60_000;

/** One alert for each workspace and kind, however many payloads it is about. */
const SUBJECT = 'payloads';

/** Finds the workspaces of which payloads were put aside, or wait too long to be routed. */
export function createFindPayloadTroubles(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): FindTroubles {
	const { db, now } = deps;
	const waiting = createWaitingPayloads(db);

	return async function findPayloadTroubles(workspaceId) {
		const aside = await db
			.selectFrom('payloads')
			.select(['workspace_id'])
			.select((e) => [e.fn.countAll<number>().as('count'), e.fn.min('put_aside_at').as('since')])
			.where('put_aside_at', 'is not', null)
			.$if(workspaceId !== undefined, (q) => q.where('workspace_id', '=', workspaceId as string))
			.groupBy('workspace_id')
			.execute();
		const behind = (await waiting.oldest(workspaceId)).filter(
			({ receivedAt }) => now() - receivedAt > BEHIND_MS,
		);
		return [
			...aside.map((row) => ({
				workspaceId: row.workspace_id,
				kind: 'payload_put_aside' as const,
				subject: SUBJECT,
				since: Number(row.since),
				describe: async () => describeAside(Number(row.count)),
			})),
			...behind.map((one) => ({
				workspaceId: one.workspaceId,
				kind: 'routing_behind' as const,
				subject: SUBJECT,
				since: one.receivedAt,
				describe: async () => describeBehind(now() - one.receivedAt),
			})),
		];
	};
}

function describeAside(count: number): string {
	const [what, were, are] =
		count === 1 ? ['A payload', 'was', 'is'] : [`${count} payloads`, 'were', 'are'];
	return (
		`${what} from Xero could not be read or written whole and ${were} put aside; what could be read of ` +
		`${count === 1 ? 'it' : 'them'} was routed, and the bytes ${are} kept. Look at the fault, then route again ` +
		'(after an update of the hub, or once the ledger is well) or dismiss.'
	);
}

function describeBehind(ms: number): string {
	return (
		`What Xero sent ${Math.floor(ms / 60_000)} minutes ago has not become events yet. It is safe, and waits ` +
		'for the hub to route it: the log of the hub says what holds it up.'
	);
}
