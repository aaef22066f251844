import { success, type Outcome } from '../../errors/failure';
import type { Field, Members } from '../fields/Field';
import { writeFields } from '../fields/writeFields';
import { joinPaymentTerms } from './contactFields';

/** A contact in Xero's shape. */
export function buildContact(fields: readonly Field[], values: unknown): Outcome<Members> {
	const record = writeFields(fields, values);
	return record.ok ? success(joinPaymentTerms(record.value)) : record;
}
