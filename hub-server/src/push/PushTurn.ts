import { LinkTakenError } from '../errors/linkErrors';
import type { LinkStore } from '../links/LinkStore';
import type { AgreedBase, ExternalRecord, Link } from '../links/Link';
import type { XeroRecord } from '../../protocol/xero';
import type { WritePolicy } from '../database/tables';
import type { MappingScope } from '../mapping/Mapping';
import type { PushItemDetail } from './Push';
import type { PushCalls } from './pushCalls';
import type { PushedEntity } from './pushedEntities';
import type { ClaimedPush, DueItem, ItemOutcome } from './PushLedger';

/** What one turn of a push works with. */
export interface PushTurn {
	readonly claimed: ClaimedPush;
	readonly entity: PushedEntity;
	readonly scope: MappingScope;
	readonly calls: PushCalls;
	/** Of the organisation, when the turn began. */
	readonly writePolicy: WritePolicy;
	readonly links: LinkStore;
	/** Of the hub, for marks. */
	readonly publicUrl: string;
	/** Epoch milliseconds. */
	now(): number;
	/** Which records other pushes are still to settle, as `<entity> <external id>`. */
	underWay(externalIds: readonly string[]): Promise<ReadonlySet<string>>;
	/** Durable once resolved. @throws LostLeaseError */
	save(outcomes: readonly ItemOutcome[]): Promise<void>;
	/** Before creates leave, and where they could not. @throws LostLeaseError */
	markSent(positions: readonly number[], isSent: boolean): Promise<void>;
}

/** A record as it goes to Xero. */
export interface PreparedItem {
	readonly item: DueItem;
	/** With Xero's codes and ids. */
	readonly resolved: XeroRecord;
	readonly total: number | undefined;
	readonly lineTaxes?: readonly (string | undefined)[] | undefined;
	readonly totals?: PushItemDetail['totals'];
	/** What a person should know although it is sent. */
	readonly warning: Warning | null;
}

export interface Warning {
	readonly message: string;
	readonly nextStep: string;
}

/** One that has its record in Xero. */
export interface LinkedItem extends PreparedItem {
	readonly link: Link & { readonly xeroId: string };
	/** It was found there just now, and this is how it stands there. */
	readonly found?: XeroRecord | undefined;
}

/** One that is this push's to make. */
export interface ClaimedItem extends PreparedItem {
	readonly link: Link;
}

export function externalOf({ claimed: { push } }: Pick<PushTurn, 'claimed'>, externalId: string) {
	const { tenantId, system, entity } = push;
	return { tenantId, system, entity, externalId } satisfies ExternalRecord;
}

/**
 * Both sides agree, and the link says so before the record counts as done.
 *
 * @returns the outcome where the record of Xero's has another link
 */
export async function agree(
	turn: PushTurn,
	{ item, link }: Pick<ClaimedItem, 'item' | 'link'>,
	{
		xeroId,
		base,
		hash,
	}: { readonly xeroId: string; readonly base: AgreedBase; readonly hash: string },
): Promise<ItemOutcome | undefined> {
	try {
		const { push } = turn.claimed;
		await turn.links.agree(link.id, { xeroId, base, pushedHash: hash, pushId: push.id });
		return undefined;
	} catch (cause) {
		if (!(cause instanceof LinkTakenError)) throw cause;
		return {
			position: item.position,
			state: 'conflict',
			xeroId,
			message: cause.message,
			nextStep: 'Remove one of both links, then retry.',
		};
	}
}
