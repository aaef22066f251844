import fc from 'fast-check';

import { salesLines, writeLines } from '../../../nodes/Xero/documents/lineItems';
import { journalLines } from '../../../nodes/Xero/resources/manualJournal/journalLines';
import { toExactJson } from '../../../nodes/Xero/values/exactJson';

function written(parameters: Readonly<Record<string, unknown>>): unknown {
	const lines = writeLines(salesLines, (name, fallback) =>
		name in parameters ? parameters[name] : fallback,
	);
	return lines.ok ? JSON.parse(toExactJson(lines.value)) : lines.failure.message;
}

const picked = (value: string) => ({ __rl: true, mode: 'list', value });

describe('the lines of a document', () => {
	it('sends what a row holds and nothing that was left empty', () => {
		const row = {
			description: 'Consulting',
			quantity: '0.25',
			unitAmount: '120.5',
			accountCode: picked('200'),
			taxType: picked(''),
			discountRate: '',
		};

		expect(written({ lineItemsMode: 'rows', lineItems: { line: [row] } })).toEqual({
			LineItems: [
				{ Description: 'Consulting', Quantity: 0.25, UnitAmount: 120.5, AccountCode: '200' },
			],
		});
	});

	it.each([undefined, null])('refuses an amount whose expression gives %s', (unitAmount) => {
		const rows = [
			{ description: 'Tea', unitAmount: '1' },
			{ description: 'Ink', unitAmount },
		];

		expect(written({ lineItemsMode: 'rows', lineItems: { line: rows } })).toBe(
			`Line 2: Unit Amount is ${String(unitAmount)}`,
		);
	});

	it('refuses a row in which nothing is filled in', () => {
		const empty = {
			description: ' ',
			quantity: '1',
			unitAmount: undefined,
			accountCode: picked(''),
		};

		expect(
			written({ lineItemsMode: 'rows', lineItems: { line: [{ description: 'Tea' }, empty] } }),
		).toBe('Line 2 is empty');
	});

	it('sends tracking by name or by ids, two entries at most', () => {
		const ids = '6a68adde-f210-4465-b0a9-0d8cc6f50762/dc54c220-0140-495a-b925-3246adc0075f';
		const row = { description: 'x', tracking1: picked('Region: North'), tracking2: picked(ids) };

		expect(written({ lineItemsMode: 'rows', lineItems: { line: [row] } })).toEqual({
			LineItems: [
				{
					Description: 'x',
					Tracking: [
						{ Name: 'Region', Option: 'North' },
						{
							TrackingCategoryID: '6a68adde-f210-4465-b0a9-0d8cc6f50762',
							TrackingOptionID: 'dc54c220-0140-495a-b925-3246adc0075f',
						},
					],
				},
			],
		});
		expect(
			written({ lineItemsMode: 'json', lineItemsJson: [{ tracking: ['A: 1', 'B: 2', 'C: 3'] }] }),
		).toContain('Xero allows 2');
	});

	it('reads lines the same from an array, from its JSON and from a single object', () => {
		const line = {
			description: 'One',
			unitAmount: '10.0500',
			Tracking: [{ Name: 'A', Option: 'B' }],
		};
		const expected = {
			LineItems: [
				{ Description: 'One', UnitAmount: 10.05, Tracking: [{ Name: 'A', Option: 'B' }] },
			],
		};

		expect(written({ lineItemsMode: 'json', lineItemsJson: [line] })).toEqual(expected);
		expect(written({ lineItemsMode: 'json', lineItemsJson: JSON.stringify([line]) })).toEqual(
			expected,
		);
		expect(written({ lineItemsMode: 'json', lineItemsJson: line })).toEqual(expected);
	});

	it('keeps every digit of an amount on its way into the request', () => {
		const amounts = fc.stringMatching(/^[1-9]\d{0,20}\.\d{4}$/);

		fc.assert(
			fc.property(amounts, (amount) => {
				const lines = writeLines(
					salesLines,
					(name) =>
						({
							lineItemsMode: 'rows',
							lineItems: { line: [{ quantity: '2', unitAmount: amount }] },
						})[name],
				);

				expect(lines.ok && toExactJson(lines.value)).toBe(
					`{"LineItems":[{"Quantity":2,"UnitAmount":${amount}}]}`,
				);
			}),
		);
	});

	it('sends no lines where they shall stay as they are', () => {
		expect(written({ lineItemsMode: 'keep', lineItems: { line: [{ description: 'x' }] } })).toEqual(
			{},
		);
	});

	it.each([
		['{"not closed"', 'Line Items (JSON) is not JSON'],
		['', 'Line Items (JSON) is not a list: ""'],
		['null', 'Line Items (JSON) is not a list: null'],
		['7', 'Line Items (JSON) is not a list: 7'],
		['["text"]', 'Line 1 is not an object'],
		['[{"UnitAmount": "ten"}]', 'Line 1: UnitAmount is not a number'],
		['[{"Tracking": "North"}]', 'Line 1: Tracking names no tracking option'],
		['[{"Description": {"en": "Tea"}}]', 'Line 1: Description is not a text or number'],
		['[{}, {"unitprice": 5}]', 'Line 2 has "unitprice", which is no member of a line here'],
	])('says which line is wrong in %s', (json, message) => {
		expect(written({ lineItemsMode: 'json', lineItemsJson: json })).toContain(message);
	});

	it('says which members a line has where one is misspelt', () => {
		const lines = writeLines(
			journalLines,
			(name) => ({ lineItemsMode: 'json', lineItemsJson: [{ Quantity: 2 }] })[name],
		);

		expect(lines).toMatchObject({
			failure: {
				message: expect.stringContaining('"Quantity"'),
				description: 'A line can have: Description, LineAmount, AccountCode, TaxType, Tracking.',
			},
		});
	});

	it('takes a line as Xero answers it', () => {
		const answered = {
			LineItemID: 'f0b8a9c1-0000-4000-8000-000000000001',
			Description: 'Tea',
			AccountCode: 200,
			AccountID: 'f0b8a9c1-0000-4000-8000-000000000002',
			Item: { Code: 'TEA' },
			Tracking: [],
			ValidationErrors: [],
		};

		expect(written({ lineItemsMode: 'json', lineItemsJson: [answered] })).toEqual({
			LineItems: [
				{
					LineItemID: answered.LineItemID,
					Description: 'Tea',
					AccountCode: '200',
					AccountID: answered.AccountID,
					Item: { Code: 'TEA' },
				},
			],
		});
	});

	it('maps the columns of a list with names of its own', () => {
		const parameters = {
			lineItemsMode: 'mapped',
			lineItemsList: [{ product: { title: 'Desk' }, qty: 2, price: '99.95' }],
			lineItemsColumns: {
				column: [
					{ field: 'description', from: 'product.title' },
					{ field: 'quantity', from: 'qty' },
					{ field: 'unitAmount', from: 'price' },
					{ field: 'discountRate', from: 'discount.percent?' },
				],
			},
		};

		expect(written(parameters)).toEqual({
			LineItems: [{ Description: 'Desk', Quantity: 2, UnitAmount: 99.95 }],
		});
		expect(written({ ...parameters, lineItemsColumns: {} })).toBe(
			'No column of the lines is mapped',
		);
	});

	const mapped = (list: unknown, from: string) =>
		written({
			lineItemsMode: 'mapped',
			lineItemsList: list,
			lineItemsColumns: { column: [{ field: 'unitAmount', from }] },
		});
	const orders = [{ product: { title: 'Desk' }, unit_price: '1' }, { qty: 2 }];

	it.each([
		['price', orders, 'No entry has `price`; entries have: product, unit_price, qty'],
		['product.price', orders, 'No entry has `product.price`; entries have: product.title'],
		['', orders, 'No entry has ``; entries have: product, unit_price, qty'],
		['price', ['text'], 'Line 1 is not an object: "text"'],
		['price', undefined, 'List of Lines is not a list: undefined'],
		['price', 'none', 'List of Lines is not JSON'],
	])('makes no line of a column that is not there: %s', (from, list, message) => {
		expect(mapped(list, from)).toContain(message);
	});

	it('makes no line of an entry that lacks a column, unless it may be missing', () => {
		expect(mapped(orders, 'unit_price')).toBe('Line 2 has no `unit_price`');
		expect(mapped([{ unit_price: 1 }, { unit_price: null }], 'unit_price')).toBe(
			'Line 2 has no `unit_price`',
		);
		expect(mapped(orders, 'unit_price?')).toEqual({ LineItems: [{ UnitAmount: 1 }, {}] });
		expect(mapped(orders, 'price?')).toEqual({ LineItems: [{}, {}] });
	});

	it('has no lines where the list is empty', () => {
		expect(mapped([], 'price')).toEqual({});
		expect(written({ lineItemsMode: 'json', lineItemsJson: '[]' })).toEqual({});
	});

	it('keeps every digit of an amount that is typed as a number', () => {
		const lines = writeLines(
			salesLines,
			(name) =>
				({ lineItemsMode: 'json', lineItemsJson: '[{"UnitAmount": 12345678901234567.8912}]' })[
					name
				],
		);

		expect(lines.ok && toExactJson(lines.value)).toBe(
			'{"LineItems":[{"UnitAmount":12345678901234567.8912}]}',
		);
	});
});
