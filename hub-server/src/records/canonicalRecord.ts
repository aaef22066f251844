import { createHash } from 'node:crypto';
import { isObject, type XeroRecord } from '../../protocol/xero';

/** Xero's time of a change is the version, and stands in parts of a record too. */
const TIMES_OF_CHANGE = new Set(['UpdatedDateUTC', 'UpdatedDateUTCString']);

/**
 * What of a record counts as its content, in one spelling: members sorted, without the times of change,
 * without the balances of a contact, which each of its invoices moves, and with the contact of a document
 * as its id only, or a contact's new name would change all its documents.
 */
export function canonicalRecord(record: XeroRecord): XeroRecord {
	return Object.fromEntries(
		Object.keys(record)
			.filter((member) => !TIMES_OF_CHANGE.has(member) && member !== 'Balances')
			.sort()
			.map((member) => [member, canonicalMember(member, record[member])]),
	);
}

/** SHA-256 of the canonical record, base64url. */
export function hashOfRecord(record: XeroRecord): string {
	return createHash('sha256')
		.update(JSON.stringify(canonicalRecord(record)))
		.digest('base64url');
}

/**
 * The members whose content differs, sorted.
 *
 * @param isSameShape whether both were read in the same way; else a member that only one of them has says
 * nothing
 */
export function changedMembers(
	before: XeroRecord,
	after: XeroRecord,
	isSameShape: boolean,
): readonly string[] {
	const [old, now] = [canonicalRecord(before), canonicalRecord(after)];
	const members = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
	return members.filter(
		(member) =>
			(isSameShape || (Object.hasOwn(old, member) && Object.hasOwn(now, member))) &&
			JSON.stringify(old[member]) !== JSON.stringify(now[member]),
	);
}

function canonicalMember(member: string, value: unknown): unknown {
	if (member === 'Contact' && isObject(value) && value['ContactID'] !== undefined) {
		return { ContactID: value['ContactID'] };
	}
	return canonical(value);
}

function canonical(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(canonical);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.keys(value)
			.filter((member) => !TIMES_OF_CHANGE.has(member))
			.sort()
			.map((member) => [member, canonical(value[member])]),
	);
}
