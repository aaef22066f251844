import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ledgerOfSandbox } from '../operations/ledgerOfSandbox';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';
import { totalsOf, type AmountsAre, type ModelLine } from './documentModel';

const picked = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const contact = picked('Ridgeway University', 'name');

interface Kind {
	readonly resource: string;
	readonly idField: string;
	readonly account: string;
	readonly isSale: boolean;
	readonly discounts: 'none' | 'rate' | 'both';
	/** Whether a tax amount of its own is taken (not of bank transactions: xero-node#768). */
	readonly takesTaxAmount: boolean;
	/** Whether a document has a currency of its own; that of a bank transaction is its account's. */
	readonly hasCurrency: boolean;
	readonly addLines: 'addLines' | 'update';
	readonly create: INodeParameters;
	readonly more?: INodeParameters;
}

const usual = { takesTaxAmount: true, hasCurrency: true, addLines: 'update' } as const;
const kinds: Record<string, Kind> = {
	'sales invoice': {
		...usual,
		...{ resource: 'invoice', idField: 'InvoiceID', addLines: 'addLines' },
		...{ account: '200', isSale: true, discounts: 'both' },
		create: { type: 'ACCREC', contact },
	},
	bill: {
		...usual,
		...{ resource: 'invoice', idField: 'InvoiceID' },
		...{ account: '453', isSale: false, discounts: 'none' },
		create: { type: 'ACCPAY', contact },
	},
	'credit note': {
		...usual,
		...{ resource: 'creditNote', idField: 'CreditNoteID' },
		...{ account: '200', isSale: true, discounts: 'none' },
		create: { type: 'ACCRECCREDIT', contact },
	},
	'bank transaction': {
		...{ resource: 'bankTransaction', idField: 'BankTransactionID', addLines: 'update' },
		...{ account: '453', isSale: false, discounts: 'none' },
		...{ takesTaxAmount: false, hasCurrency: false },
		create: { type: 'SPEND', contact, bankAccount: picked('090') },
	},
	'purchase order': {
		...usual,
		...{ resource: 'purchaseOrder', idField: 'PurchaseOrderID' },
		...{ account: '453', isSale: false, discounts: 'rate' },
		create: { contact },
	},
	quote: {
		...usual,
		...{ resource: 'quote', idField: 'QuoteID' },
		...{ account: '200', isSale: true, discounts: 'both' },
		create: { contact },
		more: { date: '2026-11-01' },
	},
};

interface DrawnLine extends ModelLine {
	readonly taxType: 'full' | 'none' | 'odd';
}

interface DrawnDocument {
	readonly amountsAre: AmountsAre;
	readonly currency: string;
	readonly lines: readonly DrawnLine[];
	readonly added: DrawnLine;
	/** The line that changes, and to what. */
	readonly place: number;
	readonly change: 'quantity' | 'price' | 'words' | 'discount' | 'noDiscount';
}

/** Ten-thousandths as a decimal text. */
const fourPlaces = (units: number) => (units / 10_000).toFixed(4);
const cents = (units: number) => (units / 100).toFixed(2);

/** What a line says besides its price, drawn apart, so that each kind of line comes up often. */
function lineOf({ discounts, takesTaxAmount }: Kind): fc.Arbitrary<DrawnLine> {
	const price = fc.record({
		quantity: fc.integer({ min: 1, max: 999_999 }),
		unitAmount: fc.oneof(
			fc.integer({ min: 0, max: 9_999_999 }),
			fc.integer({ min: 1, max: 99_999 }).map((whole) => whole * 100),
		),
	});
	const positive = price.map(({ quantity, unitAmount }) => ({
		Quantity: fourPlaces(quantity),
		UnitAmount: fourPlaces(unitAmount + 10_000),
	}));
	const shapes: fc.Arbitrary<Omit<DrawnLine, 'taxType' | 'taxRate'>>[] = [
		positive,
		price.map(({ quantity, unitAmount }) => ({
			Quantity: fourPlaces(quantity),
			UnitAmount: fourPlaces(-unitAmount),
		})),
		price.map(({ quantity, unitAmount }) => ({
			Quantity: fourPlaces(-quantity),
			UnitAmount: fourPlaces(unitAmount),
		})),
		price.map(({ quantity }) => ({ Quantity: fourPlaces(quantity), UnitAmount: '0' })),
	];
	if (takesTaxAmount) {
		shapes.push(
			fc
				.tuple(positive, fc.integer({ min: 0, max: 9_999 }))
				.map(([line, tax]) => ({ ...line, TaxAmount: cents(tax) })),
		);
	}
	if (discounts !== 'none') {
		shapes.push(
			positive.map((line) => ({ ...line, DiscountRate: '100' })),
			fc
				.tuple(positive, fc.integer({ min: 1, max: 9_999 }))
				.map(([line, percent]) => ({ ...line, DiscountRate: cents(percent) })),
		);
	}
	if (discounts === 'both') {
		shapes.push(
			fc
				.tuple(price, fc.integer({ min: 1, max: 10_000 }))
				.map(([{ quantity, unitAmount }, most]) => ({
					Quantity: fourPlaces(quantity + 10_000),
					UnitAmount: fourPlaces(unitAmount + 10_000),
					// At most what one of them costs.
					DiscountAmount: cents(Math.min(most, Math.floor((unitAmount + 10_000) / 100))),
				})),
		);
	}
	return fc
		.tuple(fc.oneof(...shapes), fc.constantFrom('full' as const, 'none' as const, 'odd' as const))
		.map(([shape, taxType]) => ({ ...shape, taxType, taxRate: TAX_RATES[taxType] }));
}

const TAX_RATES = { full: '15', none: '0', odd: '8.25' } as const;

/** Keeps every document worth something, whatever its other lines take off. */
const base: DrawnLine = { Quantity: '1', UnitAmount: '5000000', taxType: 'full', taxRate: '15' };

function documentOf(kind: Kind): fc.Arbitrary<DrawnDocument> {
	return fc.record({
		amountsAre: fc.constantFrom('Exclusive' as const, 'Inclusive' as const, 'NoTax' as const),
		currency: kind.hasCurrency ? fc.constantFrom('', 'USD') : fc.constant(''),
		lines: fc
			.array(lineOf(kind), { minLength: 1, maxLength: 5 })
			.map((lines) => [base, ...lines] as const),
		added: lineOf(kind),
		place: fc.nat(),
		change: fc.constantFrom('quantity', 'price', 'words', 'discount', 'noDiscount'),
	});
}

/** The line that changes as it was and as it is to be, and what is said of it. */
function changeOf({ lines, place, change }: DrawnDocument, { discounts }: Kind) {
	const at = place % lines.length;
	const { TaxAmount, ...line } = lines[at] ?? base;
	const { DiscountRate: rate, DiscountAmount: amount } = line;
	const sign = (text: string) => (text.startsWith('-') ? -1 : 1);
	const grown = (text: string) =>
		fourPlaces(Math.round(Number(text) * 10_000) + sign(text) * 3_333);
	const changed = (said: Partial<ModelLine>, after: ModelLine = { ...line, ...said }) => ({
		at,
		said: said as IDataObject,
		after,
	});
	switch (change) {
		case 'quantity':
			return changed({ Quantity: grown(line.Quantity) });
		case 'price':
			return changed({ UnitAmount: grown(line.UnitAmount) });
		case 'discount':
			if (amount !== undefined) return changed({ DiscountAmount: '0.01' });
			if (rate !== undefined) return changed({ DiscountRate: '33.33' });
			break;
		case 'noDiscount':
			if (amount !== undefined) return changed({ DiscountAmount: '0' });
			if (rate !== undefined) return changed({ DiscountRate: '0.00' });
			// Of a line that has none, it says nothing.
			if (discounts !== 'none') return changed({ DiscountRate: '0' }, { TaxAmount, ...line });
			break;
		case 'words':
	}
	return changed({}, { TaxAmount, ...line });
}

/** With a discount of nothing, and with blanks, where others have something. */
function sentLine(kind: Kind, line: DrawnLine, Description: string, odd: string): IDataObject {
	const { Quantity, UnitAmount, DiscountRate, DiscountAmount, TaxAmount, taxType } = line;
	const full = kind.isSale ? 'OUTPUT2' : 'INPUT2';
	const hasDiscount = (DiscountRate ?? DiscountAmount) !== undefined;
	return {
		...{ Description, Quantity, UnitAmount, AccountCode: kind.account, LineAmount: '' },
		...(kind.discounts === 'none' ? {} : { DiscountRate: hasDiscount ? DiscountRate : '0' }),
		...(kind.discounts === 'both' ? { DiscountAmount: hasDiscount ? DiscountAmount : 0 } : {}),
		TaxAmount: TaxAmount ?? '',
		TaxType: { full, none: 'NONE', odd }[taxType],
	};
}

describe('any mix of lines, created, read, added to, changed and copied', () => {
	let xero: ConnectedEngine;
	/** By whether it is of sales. */
	const oddTaxes = new Map<boolean, string>();

	beforeAll(async () => {
		xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
		const ledger = ledgerOfSandbox(xero);
		for (const isSale of [true, false]) {
			const rate = await ledger.put('TaxRates', {
				TaxRates: [
					{
						Name: ledger.unique('Odd'),
						ReportTaxType: isSale ? 'OUTPUT' : 'INPUT',
						TaxComponents: [{ Name: 'Odd', Rate: TAX_RATES.odd }],
					},
				],
			});
			oddTaxes.set(isSale, String(rate['TaxType']));
		}
	});
	afterAll(() => xero.close());

	async function run(parameters: INodeParameters, input: readonly IDataObject[]) {
		const execution = await xero.engine.run(xeroWorkflow({ parameters }), {
			input: input.map((json) => ({ json })),
		});
		if (execution.error !== undefined) {
			const { message, itemIndex } = execution.error;
			throw new Error(`${message}: ${JSON.stringify(input[itemIndex ?? 0])}`);
		}
		const documents = execution.itemsOf(XERO_NODE).map(({ json }) => json);
		expect(documents).toHaveLength(input.length);
		return documents;
	}

	/** By words, since Xero keeps no order. */
	const lineNamed = (document: IDataObject | undefined, name: string) =>
		(document?.['LineItems'] as IDataObject[]).find(({ Description }) => Description === name);
	const inJson: INodeParameters = { lineItemsMode: 'json', lineItemsJson: '={{ $json.lines }}' };

	it.each(Object.entries(kinds))('comes to the cent: %s', async (_name, kind) => {
		const { resource, idField } = kind;
		const locator = { resource, [resource]: picked('={{ $json.id }}') };
		const odd = oddTaxes.get(kind.isSale) ?? '';
		const create: INodeParameters = {
			...{ resource, operation: 'create', ...inJson, ...kind.create },
			additionalFields: {
				...(kind.more ?? {}),
				lineAmountTypes: '={{ $json.amountsAre }}',
				...(kind.hasCurrency ? { currencyCode: '={{ $json.currency }}' } : {}),
			},
		};

		await fc.assert(
			fc.asyncProperty(
				fc.array(documentOf(kind), { minLength: 8, maxLength: 12 }),
				async (drawn) => {
					const heads = drawn.map(({ amountsAre, currency }) => ({
						amountsAre: resource === 'quote' ? amountsAre.toUpperCase() : amountsAre,
						currency,
					}));
					const held = (documents: readonly IDataObject[], models: readonly ModelLine[][]) => {
						documents.forEach((document, index) => {
							const { amountsAre = 'NoTax' } = drawn[index] ?? {};
							const lines = models[index] ?? [];
							const { SubTotal, TotalTax, Total } = document;
							const amounts = { SubTotal, TotalTax, Total };
							const inCents = Object.entries(amounts).map(([name, amount]) => [
								name,
								Number(amount).toFixed(2),
							]);
							expect({ ...Object.fromEntries(inCents), lines, amountsAre }).toEqual({
								...totalsOf(lines, amountsAre),
								...{ lines, amountsAre },
							});
							expect(document['LineItems']).toHaveLength(lines.length);
						});
					};
					const named = (document: DrawnDocument) =>
						document.lines.map((line, at) => sentLine(kind, line, `L${at}`, odd));

					const created = await run(
						create,
						drawn.map((document, index) => ({ ...heads[index], lines: named(document) })),
					);
					held(
						created,
						drawn.map(({ lines }) => [...lines]),
					);
					const ids = created.map((document) => document[idField]);
					const read = await run(
						{ ...locator, operation: 'get' },
						ids.map((id) => ({ id })),
					);
					held(
						read,
						drawn.map(({ lines }) => [...lines]),
					);

					const grown = await run(
						{ ...locator, operation: kind.addLines, ...inJson },
						drawn.map(({ added }, index) => ({
							id: ids[index],
							lines: [sentLine(kind, added, 'New', odd)],
						})),
					);
					held(
						grown,
						drawn.map(({ lines, added }) => [...lines, added]),
					);

					const changes = drawn.map((document) => changeOf(document, kind));
					const changed = await run(
						{ ...locator, operation: 'update', ...inJson },
						changes.map(({ at, said }, index) => ({
							id: ids[index],
							lines: [
								{
									LineItemID: lineNamed(grown[index], `L${at}`)?.['LineItemID'],
									Description: 'Changed',
									...said,
								},
							],
						})),
					);
					const models = drawn.map(({ lines, added }, index) => {
						const { at, after } = changes[index] ?? { at: 0, after: base };
						return [...lines.map((line, place) => (place === at ? after : line)), added];
					});
					held(changed, models);
					changed.forEach((document, index) => {
						const { at } = changes[index] ?? { at: 0 };
						expect(lineNamed(document, 'Changed')?.['LineItemID']).toBe(
							lineNamed(read[index], `L${at}`)?.['LineItemID'],
						);
					});

					const copies = await run(
						create,
						changed.map(({ LineItems }, index) => ({ ...heads[index], lines: LineItems })),
					);
					held(copies, models);
				},
			),
			{ numRuns: 2, endOnFailure: true },
		);
	});
});
