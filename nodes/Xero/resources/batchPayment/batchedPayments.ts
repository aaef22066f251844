import type { INodeProperties } from 'n8n-workflow';

import { collect, refuseInput, success, type Outcome } from '../../errors/failure';
import { textDocumentField } from '../../fields/documentFields';
import { paymentAmountField } from '../../fields/everyPayment';
import type { Field, Members, Writer } from '../../fields/Field';
import { withNumberMode } from '../../fields/withModes';
import { writeFields } from '../../fields/writeFields';
import { invoiceKind } from '../../kinds/invoiceKind';
import { parseExactJson } from '../../values/exactJson';
import { isBlank } from '../../values/isBlank';
import { locatorValue } from '../../values/locatorValue';
import { parseXeroId } from '../../values/xeroId';

/** By id, or a sales invoice by its number. */
const asInvoice: Writer = (value, label) => {
	const picked = locatorValue(value);
	if (picked.value !== '' && picked.mode === 'number') {
		return success({ Invoice: { InvoiceNumber: picked.value } });
	}
	const id = parseXeroId(picked.value, label);
	return id.ok ? success({ Invoice: { InvoiceID: id.value } }) : id;
};

const invoice = withNumberMode(invoiceKind.locator.field('The invoice or bill that is paid'), {
	placeholder: 'e.g. INV-0042',
	hint: 'Of a sales invoice; numbers of bills are not unique',
});

/** The columns of one payment of a batch. */
const columns: readonly Field[] = [
	{ property: invoice, write: asInvoice },
	paymentAmountField,
	textDocumentField(
		'Bank Account Number',
		'bankAccountNumber',
		'BankAccountNumber',
		'The account of the supplier, for payments of bills',
	),
	textDocumentField(
		'Code',
		'code',
		'Code',
		'For the bank statement of the supplier. New Zealand only.',
	),
	textDocumentField('Details', 'details', 'Details', 'For the bank statement of the supplier'),
	textDocumentField(
		'Particulars',
		'particulars',
		'Particulars',
		'For the bank statement of the supplier. New Zealand only.',
	),
	textDocumentField(
		'Reference',
		'reference',
		'Reference',
		'For the bank statement of the supplier',
	),
];

/** How the payments of a batch are given. */
export const batchedPaymentsFields: INodeProperties[] = [
	{
		displayName: 'Payments From',
		name: 'paymentsMode',
		type: 'options',
		options: [
			{ name: 'Fill In Below', value: 'rows', description: 'One row for each payment' },
			{
				name: 'JSON or Expression',
				value: 'json',
				description: 'An array of payments, written as JSON or made by an expression',
			},
		],
		default: 'rows',
		description: 'How the payments are given',
	},
	{
		displayName: 'Payments',
		name: 'payments',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Payment',
		default: {},
		description: 'What is paid, document by document',
		displayOptions: { show: { paymentsMode: ['rows'] } },
		options: [
			{
				displayName: 'Payment',
				name: 'payment',
				values: columns.map(({ property }) => property),
			},
		],
	},
	{
		displayName: 'Payments (JSON)',
		name: 'paymentsJson',
		type: 'json',
		default: '[]',
		placeholder: 'e.g. [{"invoice": "0975dec2-0cf6-498d-9c9f-c6775b45c61d", "amount": "120.50"}]',
		description:
			'A list of payments: the ID of each invoice or bill as invoice, or the number of a sales invoice as invoiceNumber, and the amount. Further members are bankAccountNumber, code, details, particulars and reference.',
		displayOptions: { show: { paymentsMode: ['json'] } },
	},
];

/** The `Payments` of a batch. */
export function readBatchedPayments(
	parameter: (name: string, fallback: unknown) => unknown,
): Outcome<Members> {
	const given =
		parameter('paymentsMode', 'rows') === 'json'
			? readList(parameter('paymentsJson', '[]'))
			: readRows(parameter('payments', {}));
	if (!given.ok) return given;
	if (given.value.length === 0) {
		return refuseInput('The batch has no payments', 'Add one for each invoice or bill to pay.');
	}
	const payments = collect(
		given.value.map((payment, index) => writeFields(columns, payment, `Payment ${index + 1}`)),
	);
	return payments.ok ? success({ Payments: payments.value }) : payments;
}

function readRows(value: unknown): Outcome<readonly unknown[]> {
	const rows = (value as { payment?: unknown } | undefined)?.payment;
	return success(Array.isArray(rows) ? rows : []);
}

function readList(value: unknown): Outcome<readonly unknown[]> {
	const list = typeof value === 'string' ? parse(value) : value;
	return Array.isArray(list)
		? collect(list.map((payment, index) => asRow(payment, `Payment ${index + 1}`)))
		: refuseInput(
				`Payments (JSON) is not a list: ${JSON.stringify(value)}`,
				'Check the name in the expression, or write it as [{"invoice": "…", "amount": "120.50"}].',
			);
}

/**
 * What the row of a payment would hold, `invoiceNumber` in its locator. A name that a payment does not
 * have is refused: it would be left out of what is paid.
 */
function asRow(payment: unknown, label: string): Outcome<Readonly<Record<string, unknown>>> {
	if (typeof payment !== 'object' || payment === null || Array.isArray(payment)) {
		return refuseInput(`${label} is not an object: ${JSON.stringify(payment)}`);
	}
	const row: Record<string, unknown> = {};
	for (const [given, value] of Object.entries(payment)) {
		const name = MEMBERS.find((known) => known.toLowerCase() === given.toLowerCase());
		if (name === undefined) {
			return refuseInput(
				`${label} has ${JSON.stringify(given)}, which is no member of a payment here`,
				`A payment can have: ${MEMBERS.join(', ')}.`,
			);
		}
		if (isBlank(value)) continue;
		if (name === INVOICE_NUMBER) row[invoice.name] = { mode: 'number', value };
		else row[name] = value;
	}
	return success(row);
}

const INVOICE_NUMBER = 'invoiceNumber';

const MEMBERS = [...columns.map(({ property }) => property.name), INVOICE_NUMBER];

function parse(text: string): unknown {
	try {
		return parseExactJson(text);
	} catch {
		return undefined;
	}
}
