import type { INodeProperties } from 'n8n-workflow';

import { refuseInput, success, type Outcome } from '../../errors/failure';
import type { Members } from '../../fields/Field';
import { withNumberMode } from '../../fields/withModes';
import { creditNoteKind } from '../../kinds/creditNoteKind';
import { invoiceKind } from '../../kinds/invoiceKind';
import { overpaymentKind } from '../../kinds/overpaymentKind';
import { prepaymentKind } from '../../kinds/prepaymentKind';
import type { RecordKind } from '../../kinds/RecordKind';
import { locatorValue } from '../../values/locatorValue';
import { parseXeroId } from '../../values/xeroId';

/** A kind of document that a payment can be for. */
interface PaidKind {
	readonly kind: RecordKind;
	/** Value of the parameter `paymentFor`. */
	readonly value: string;
	/** Xero's member of a payment, such as `CreditNote`. */
	readonly member: string;
	readonly choice: string;
	readonly verb: 'pay' | 'refund';
	/** How it is named by its number, where Xero takes that. */
	readonly number?: { readonly placeholder: string; readonly hint: string };
}

const paidKinds: readonly PaidKind[] = [
	{
		kind: creditNoteKind,
		value: 'creditNote',
		member: 'CreditNote',
		choice: 'Credit Note',
		verb: 'refund',
		number: { placeholder: 'e.g. CN-0042', hint: 'Of a sales credit note' },
	},
	{
		kind: invoiceKind,
		value: 'invoice',
		member: 'Invoice',
		choice: 'Invoice or Bill',
		verb: 'pay',
		number: {
			placeholder: 'e.g. INV-0042',
			hint: 'Of a sales invoice; numbers of bills are not unique',
		},
	},
	{
		kind: overpaymentKind,
		value: 'overpayment',
		member: 'Overpayment',
		choice: 'Overpayment',
		verb: 'refund',
	},
	{
		kind: prepaymentKind,
		value: 'prepayment',
		member: 'Prepayment',
		choice: 'Prepayment',
		verb: 'refund',
	},
];

/** What the payment is for: the kind of document, then the document. */
export const paidDocumentFields: INodeProperties[] = [
	{
		displayName: 'Payment For',
		name: 'paymentFor',
		type: 'options',
		noDataExpression: true,
		options: paidKinds.map(({ value, choice, verb }) => ({
			name: choice,
			value,
			description: verb === 'pay' ? 'Pays it, wholly or in part' : 'Refunds it',
		})),
		default: 'invoice',
		description: 'Kind of document that is paid or refunded',
	},
	...paidKinds.map(locatorOf),
];

function locatorOf(paid: PaidKind): INodeProperties {
	const { kind, value, choice, verb, number } = paid;
	const property = kind.locator.field(`The ${choice.toLowerCase()} to ${verb}`);
	return {
		...(number === undefined ? property : withNumberMode(property, number)),
		displayOptions: { show: { paymentFor: [value] } },
	};
}

/** The member of a payment that names its document, such as `{ Invoice: { InvoiceID } }`. */
export function readPaidDocument(
	parameter: (name: string, fallback: unknown) => unknown,
): Outcome<Members> {
	const chosen = String(parameter('paymentFor', 'invoice'));
	const paid = paidKinds.find(({ value }) => value === chosen);
	if (paid === undefined) {
		return refuseInput(
			`Payment For is none of the documents that can be paid: ${JSON.stringify(chosen)}`,
			`Use one of: ${paidKinds.map(({ value }) => value).join(', ')}.`,
		);
	}
	const { name, displayName } = paid.kind.locator;
	const picked = locatorValue(parameter(name, ''));
	if (picked.mode === 'number' && picked.value !== '') {
		return success({ [paid.member]: { [`${paid.member}Number`]: picked.value } });
	}
	const id = parseXeroId(picked.value, displayName);
	return id.ok ? success({ [paid.member]: { [`${paid.member}ID`]: id.value } }) : id;
}
