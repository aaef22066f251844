import type { LinkedEntity } from './Link';
import { shortDigest } from './shortDigest';

/** Which record of which system is meant, in which workspace. */
export interface MarkedRecord {
	readonly workspaceId: string;
	readonly system: string;
	readonly entity: LinkedEntity;
	readonly externalId: string;
}

/**
 * What the hub writes at the end of a document's `Url` in Xero: made of what names the record, never of the link's row, which a
 * restored backup does not have, nor of the organisation.
 */
export function linkMark({ workspaceId, system, entity, externalId }: MarkedRecord): string {
	return shortDigest([workspaceId, system, entity, externalId]);
}

/** Whether Xero's records of the entity have a place for a mark. */
export function hasLinkMark(entity: LinkedEntity): boolean {
	return entity === 'invoice' || entity === 'bill' || entity === 'bank_transaction';
}

/** Whether a text can be one. */
export function isLinkMark(text: string): boolean {
	return /^[\w-]{22}$/.test(text);
}
