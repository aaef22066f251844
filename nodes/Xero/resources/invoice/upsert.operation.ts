import type { IDataObject } from 'n8n-workflow';

import { comparable } from '../../../../hub-server/protocol/xero';
import { byDocument } from '../../documents/byDocument';
import { salesLines } from '../../documents/lineItems';
import { linesOfMatched } from '../../documents/lineItemsProperties';
import { refuseInput, success, type Outcome } from '../../errors/failure';
import type { Members } from '../../fields/Field';
import { mappedWriteOptionsField } from '../../fields/writeOptions';
import { invoiceKind } from '../../kinds/invoiceKind';
import { buildNew, type NewRecord } from '../../operations/createOperation';
import { inMappedValues } from '../../operations/mappedValues';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { updateRequest } from '../../requests/RequestFacts';
import { writeRecords } from '../../requests/writeRecords';
import { forItem } from '../../run/forItem';
import type { OperationResult } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';
import { locatorValue } from '../../values/locatorValue';
import { parseXeroId } from '../../values/xeroId';
import { billsHolding, type BillKey } from './billsHolding';
import { invoiceContactField, invoiceFields, invoiceTypeField } from './invoiceFields';
import { writtenOnce } from './writtenOnce';

const moreFields = invoiceFields.filter(({ property }) => property.name !== 'invoiceNumber');

export const description: OperationModule['description'] = [
	{
		displayName: 'Match By',
		name: 'matchBy',
		type: 'options',
		options: [
			{
				name: 'Invoice ID',
				value: 'invoiceId',
				description: 'Updates this invoice or bill; creates one where the ID is empty',
			},
			{
				name: 'Invoice Number',
				value: 'invoiceNumber',
				description:
					'Updates the sales invoice with this number, or the bill of the contact with this number, else creates it',
			},
		],
		default: 'invoiceNumber',
		description: 'What Xero uses to find the invoice',
	},
	{
		displayName: 'Value to Match',
		name: 'matchValue',
		type: 'string',
		default: '',
		placeholder: 'e.g. INV-0042',
		description: 'The invoice number or invoice ID',
	},
	invoiceTypeField.property,
	invoiceContactField.property,
	...linesOfMatched(salesLines),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		default: {},
		placeholder: 'Add Field',
		options: moreFields.map(({ property }) => property),
	},
	mappedWriteOptionsField,
];

export const request = updateRequest(invoiceKind.collection);

export const execute: OperationModule['execute'] = async (run) =>
	await byDocument(
		run,
		{ properties: description, keyField: 'matchValue', keyOf: (item) => documentOf(run, item) },
		async (invoices) => await inMappedValues(invoices, buildInvoice, upsertInvoices),
	);

/**
 * Of items that are lines: those that match the same invoice belong together. Bills of several
 * suppliers may have one number.
 */
function documentOf(run: OperationRun, item: number): Outcome<string> {
	const key = keyOf(run, item);
	if (!key.ok) return key;
	const { InvoiceID: id, InvoiceNumber: number } = key.value;
	if (id === undefined && number === undefined) {
		return refuseInput(
			'Value to Match is empty, so that nothing says to which invoice this line belongs',
			'Give the number or ID of the invoice, or use Create.',
		);
	}
	const isBillByNumber = number !== undefined && run.parameter('type', item, '') === 'ACCPAY';
	const { value: supplier } = locatorValue(run.parameter('contact', item, ''));
	return success(JSON.stringify([id ?? number, isBillByNumber ? supplier : ''].map(comparable)));
}

async function upsertInvoices(run: OperationRun): Promise<OperationResult> {
	const bills = await findBills(run);
	const once = writtenOnce(run);
	return await writeRecords(run, {
		collection: invoiceKind.collection,
		method: 'POST',
		present: presenter(run, invoiceKind),
		build: async (item) => {
			const record = buildInvoice(run, item);
			if (!record.ok) return record;
			const bill = bills.get(item) ?? success({});
			return bill.ok ? await once(item, { ...record.value, ...bill.value }) : bill;
		},
	});
}

function buildInvoice(run: OperationRun, item: number): Outcome<Members> {
	const key = keyOf(run, item);
	if (!key.ok) return key;
	const fields: NewRecord = {
		own: [invoiceTypeField, invoiceContactField],
		more: moreFields,
		lines: salesLines,
	};
	const record = buildNew(run, item, fields, invoiceKind);
	return record.ok ? success({ ...record.value, ...key.value }) : record;
}

/**
 * By item: what names the bill to update. Xero finds sales invoices by their number itself, but makes
 * another bill of each number that it is given.
 */
async function findBills(run: OperationRun): Promise<ReadonlyMap<number, Outcome<Members>>> {
	const keys: BillKey[] = [];
	for (let item = 0; item < run.itemCount; item++) {
		const key = await forItem<BillKey | undefined>(async () => {
			const key = keyOf(run, item);
			const record = buildInvoice(run, item);
			if (!key.ok || !record.ok) return success(undefined);
			const { InvoiceNumber: number } = key.value;
			const { Type, Contact } = record.value;
			if (Type !== 'ACCPAY' || number === undefined) return success(undefined);
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const contact = Contact as BillKey['contact'];
			return success({ item, tenantId: tenantId.value, number: String(number), contact });
		});
		if (key.ok && key.value !== undefined) keys.push(key.value);
	}
	const holders = await billsHolding(run, keys);
	return new Map(
		keys.map((key) => {
			const bills = holders.get(key.item) ?? success([]);
			return [key.item, bills.ok ? theBill(key, bills.value) : bills] as const;
		}),
	);
}

function theBill({ number }: BillKey, [bill, ...others]: readonly IDataObject[]): Outcome<Members> {
	if (others.length > 0) {
		return refuseInput(
			`${others.length + 1} bills of this contact have the number ${JSON.stringify(number)}: ${[bill, ...others].map((one) => String(one?.InvoiceID)).join(', ')}`,
			'Match By Invoice ID says which of them is meant.',
		);
	}
	return success(bill === undefined ? {} : { InvoiceID: bill.InvoiceID });
}

function keyOf(run: OperationRun, item: number): Outcome<Members> {
	const matchBy = String(run.parameter('matchBy', item));
	const { value } = locatorValue(run.parameter('matchValue', item, ''));
	if (matchBy === 'invoiceNumber') {
		return value === ''
			? refuseInput('Value to Match is not set', 'Give the invoice number, or use Create.')
			: success({ InvoiceNumber: value });
	}
	if (value === '') return success({});
	const id = parseXeroId(value, 'Value to Match');
	return id.ok ? success({ InvoiceID: id.value }) : id;
}
