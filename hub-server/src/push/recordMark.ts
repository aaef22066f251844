import { linkMark, type MarkedRecord } from '../links/linkMark';
import { shortDigest } from '../links/shortDigest';

/** Xero's limit of a ContactNumber (OpenAPI 16.1.0). */
const MAX_CONTACT_NUMBER = 50;

/**
 * By which a contact is found in Xero whatever the hub has forgotten. It names the system, for two systems number
 * their customers alike; it does not name the workspace, so that a new hub finds it too.
 */
export function contactNumberMark({ system, externalId }: MarkedRecord): string {
	const readable = `${system}:${externalId}`;
	if (readable.length <= MAX_CONTACT_NUMBER && /^[\x21-\x7e]+$/.test(readable)) return readable;
	return `${system.replace(/[^\x21-\x7e]/g, '').slice(0, 16)}:${shortDigest([system, externalId])}`;
}

/**
 * By which a document is found in Xero whatever the hub has forgotten. Xero shows it to people as a link, which leads to
 * the record's page on the portal.
 *
 * @param publicUrl the hub's, without a trailing slash
 */
export function urlMark(publicUrl: string, record: MarkedRecord): string {
	return `${publicUrl}${MARKS}${linkMark(record)}`;
}

/** Whether a document's `Url` is one of the hub's marks, of whichever record. */
export function isUrlMark(url: unknown): boolean {
	return typeof url === 'string' && new RegExp(`${MARKS}[\\w-]{22}$`).test(url);
}

const MARKS = '/links/';
