import type { XeroRecord } from '../../protocol/xero';
import type { LinkedEntity } from '../links/Link';

/** Members that Xero wants with each change (Xero's OpenAPI 16.1.0, and its page of tax rates). */
const ALWAYS: Readonly<Partial<Record<LinkedEntity, readonly string[]>>> = {
	invoice: ['Type'],
	bill: ['Type'],
	credit_note: ['Type'],
	bank_transaction: ['Type'],
	item: ['Code'],
	tax_rate: ['Name', 'TaxComponents'],
};

/** @param present the record as Xero has it */
export function repeatedMembers(entity: LinkedEntity, present: XeroRecord): XeroRecord {
	const members = (ALWAYS[entity] ?? []).filter((member) => present[member] !== undefined);
	return Object.fromEntries(members.map((member) => [member, present[member]]));
}
