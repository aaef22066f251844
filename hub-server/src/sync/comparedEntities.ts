import { DERIVED_EVENT_TYPES } from '../../protocol';
import { findEntity, type XeroEntity } from '../records/xeroEntities';

/** What a subscription says of what it is to be told. */
export interface EventWish {
	readonly events: readonly string[];
	/** Empty: all organisations. */
	readonly tenantIds: readonly string[];
	readonly filter?: { readonly changed?: readonly string[] | undefined } | null | undefined;
}

/** What event types are about, each once. */
export function entitiesOf(events: readonly string[]): readonly XeroEntity[] {
	return [
		...new Set(events.flatMap((type) => findEntity(type.slice(0, type.lastIndexOf('.'))) ?? [])),
	];
}

/**
 * Those of whose records the former state must be known, so that they must have been read once: for what a
 * record becomes, for what is gone, and where only changes of some members count.
 */
export function comparedEntities({ events, filter }: EventWish): readonly XeroEntity[] {
	if (filter?.changed !== undefined) return entitiesOf(events);
	return entitiesOf(
		events.filter((type) => DERIVED_EVENT_TYPES.includes(type) || type.endsWith('.deleted')),
	);
}
