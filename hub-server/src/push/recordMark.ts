import { createHash } from 'node:crypto';
import type { LinkedEntity } from '../links/Link';

/** Which record of which system is meant, in which workspace. */
export interface MarkedRecord {
	readonly workspaceId: string;
	readonly system: string;
	readonly entity: LinkedEntity;
	readonly externalId: string;
}

/** Xero's limit of a ContactNumber (OpenAPI 16.1.0). */
const MAX_CONTACT_NUMBER = 50;

/**
 * By which a contact is found in Xero whatever the hub has forgotten. It names the system, for two systems number
 * their customers alike; it does not name the workspace, so that a new hub finds it too.
 */
export function contactNumberMark({ system, externalId }: MarkedRecord): string {
	const readable = `${system}:${externalId}`;
	if (readable.length <= MAX_CONTACT_NUMBER && /^[\x21-\x7e]+$/.test(readable)) return readable;
	return `${system.replace(/[^\x21-\x7e]/g, '').slice(0, 16)}:${digest([system, externalId])}`;
}

/**
 * By which a document is found in Xero whatever the hub has forgotten: made of what names the record, never of
 * the link's row, which a restored backup does not have. Xero shows it to people as a link.
 *
 * @param publicUrl the hub's, without a trailing slash
 */
export function urlMark(publicUrl: string, record: MarkedRecord): string {
	const { workspaceId, system, entity, externalId } = record;
	return `${publicUrl}${MARKS}${digest([workspaceId, system, entity, externalId])}`;
}

/** Whether a document's `Url` is one of the hub's marks, of whichever record. */
export function isUrlMark(url: unknown): boolean {
	return markIn(url) !== undefined;
}

/** Whether two addresses are the mark of one record: a hub that has moved finds what it marked at its old address. */
export function isSameMark(one: unknown, other: unknown): boolean {
	const mark = markIn(one);
	return mark !== undefined && mark === markIn(other);
}

const MARKS = '/links/';

function markIn(url: unknown): string | undefined {
	return typeof url === 'string' ? new RegExp(`${MARKS}([\\w-]{22})$`).exec(url)?.[1] : undefined;
}

/** 128 bits, which nobody meets twice by chance. */
function digest(parts: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
