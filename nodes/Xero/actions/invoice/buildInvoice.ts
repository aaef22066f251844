import { success, type Outcome } from '../../errors/failure';
import type { Field, Members } from '../fields/Field';
import { writeLineItems } from '../fields/lineItems';
import { writeFields } from '../fields/writeFields';

export interface InvoiceInput {
	/** Reads a parameter of the item. */
	readonly parameter: (name: string) => unknown;
	/** Fields that are parameters themselves. */
	readonly own: readonly Field[];
	/** Fields that a collection holds. */
	readonly more: { readonly fields: readonly Field[]; readonly values: unknown };
}

/** An invoice or bill in Xero's shape. */
export function buildInvoice({ parameter, own, more }: InvoiceInput): Outcome<Members> {
	const values = Object.fromEntries(
		own.map(({ property }) => [property.name, parameter(property.name)]),
	);
	const main = writeFields(own, values);
	if (!main.ok) return main;
	const others = writeFields(more.fields, more.values);
	if (!others.ok) return others;
	const lines = writeLineItems(parameter);
	if (!lines.ok) return lines;
	return success({ ...main.value, ...others.value, ...lines.value });
}
