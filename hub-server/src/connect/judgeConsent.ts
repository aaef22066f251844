import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import type { AppKeys } from '../xero/identity/appKeys';
import { connectionCap } from '../workspaces/connectionCap';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { XeroConnection } from '../xero/connections/XeroConnection';
import { ConnectionCapError } from '../errors/xeroErrors';
import type { ConsentReach } from './connectionsOfConsent';
import type { ConnectFailure } from './connectOutcome';

/** A consent, and what the workspace would get of it. */
export interface JudgedConsent extends ConsentReach {
	readonly app: AppKeys;
	readonly xeroUserId: string;
	/** The organisation that is to be reconnected. */
	readonly wanted: string | null;
	readonly held: readonly Connection[];
	/** What would become the workspace's. */
	readonly own: readonly XeroConnection[];
}

export type ConsentRefusal = Omit<ConnectFailure, 'kind' | 'connectLink' | 'returnTo'>;

/** Whether a consent fits what it was asked for, and the app's tier; undefined when it does. */
export type JudgeConsent = (consent: JudgedConsent) => Promise<ConsentRefusal | undefined>;

export function createJudgeConsent(deps: {
	readonly db: Kysely<Tables>;
	readonly connections: Pick<ConnectionRows, 'countOfApp'>;
}): JudgeConsent {
	/**
	 * Whether another organisation was chosen than the one that was to be reconnected. Where Xero does
	 * not say what was chosen, reaching it is enough.
	 */
	async function missed(consent: JudgedConsent): Promise<ConsentRefusal | undefined> {
		const { wanted, all, chosen, held, xeroUserId } = consent;
		const isIn = (list: readonly XeroConnection[]) => list.some((one) => one.tenantId === wanted);
		if (wanted === null || isIn(chosen.length > 0 ? chosen : all)) return undefined;
		const known = held.find((one) => one.tenantId === wanted);
		const detail = `To be reconnected: ${known?.tenantName ?? wanted}.`;
		if (isIn(all)) return { reason: 'wrong_organisation', detail };
		const owner = await deps.db
			.selectFrom('grants')
			.select('xero_user_id')
			.where('id', '=', known?.grantId ?? '')
			.executeTakeFirst();
		const isSameUser = owner?.xero_user_id === xeroUserId;
		return { reason: isSameUser ? 'wrong_organisation' : 'other_account', detail };
	}

	async function noRoom(consent: JudgedConsent): Promise<ConsentRefusal | undefined> {
		const { clientId, tier } = consent.app;
		const cap = connectionCap(tier);
		const added = countNew(consent);
		if (added === 0 || (await deps.connections.countOfApp(clientId)) + added <= cap) {
			return undefined;
		}
		return { reason: 'connection_cap', detail: new ConnectionCapError(tier, cap).message };
	}

	return async function judgeConsent(consent) {
		const isOfOthers = consent.own.length === 0;
		return (
			(await missed(consent)) ??
			(isOfOthers ? { reason: 'no_organisation', detail: OF_OTHERS } : noRoom(consent))
		);
	};
}

/** How many connections the app has more than before. */
function countNew({ own, held, taken }: JudgedConsent): number {
	const isHeld = new Set(held.map(({ tenantId }) => tenantId));
	return own.filter(({ id, tenantId }) => !taken.has(id) && !isHeld.has(tenantId)).length;
}

const OF_OTHERS =
	'Xero did not say which organisation you chose, and those that you reach belong to other workspaces.';
