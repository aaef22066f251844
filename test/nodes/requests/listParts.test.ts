import fc from 'fast-check';

import { xeroAddressLength } from '../../../hub-server/protocol/xero';
import { listAddress } from '../../../nodes/Xero/requests/listAddress';
import { listParts } from '../../../nodes/Xero/requests/listParts';
import type { ListQuery } from '../../../nodes/Xero/requests/ListQuery';

const INVOICES = {
	name: 'Invoices',
	path: 'api.xro/2.0/Invoices',
	idField: 'InvoiceID',
	label: 'invoice',
	scope: 'accounting.invoices',
	query: { unitdp: '4' },
};

const idsOf = (count: number) =>
	Array.from({ length: count }, (_, index) => String(index).padStart(36, '0'));
const numbersOf = (count: number) => Array.from({ length: count }, (_, index) => `INV-${index}`);
const listOf = (list: Partial<ListQuery>): ListQuery => ({
	limit: Infinity,
	query: {},
	ids: [],
	...list,
});
const lengthOf = (part: ListQuery) => {
	const { path, query } = listAddress(INVOICES, part);
	return xeroAddressLength(path, query);
};

describe('listParts', () => {
	it('keeps every address short enough, and asks for every id and number', () => {
		const filters = fc.record({
			ids: fc.integer({ min: 0, max: 120 }).map(idsOf),
			numbers: fc.integer({ min: 0, max: 600 }).map(numbersOf),
			where: fc.string({ maxLength: 300 }),
		});

		fc.assert(
			fc.property(filters, ({ ids, numbers, where }) => {
				const query = { where, InvoiceNumbers: numbers.join(',') };

				const parts = listParts(INVOICES, listOf({ ids, query }));

				expect(Math.max(...parts.map(lengthOf))).toBeLessThanOrEqual(2_000);
				expect(new Set(parts.flatMap((part) => part.ids))).toEqual(new Set(ids));
				const asked = parts.flatMap((part) => part.query['InvoiceNumbers']?.split(',') ?? []);
				expect(new Set(asked)).toEqual(new Set(query.InvoiceNumbers.split(',')));
				expect(new Set(parts.map((part) => part.query['where']))).toEqual(new Set([where]));
			}),
		);
	});

	it('asks for 40 ids at once where nothing else is asked', () => {
		const parts = listParts(INVOICES, listOf({ ids: idsOf(90) }));

		expect(parts.map(({ ids }) => ids.length)).toEqual([40, 40, 10]);
	});

	it('asks for a number once, however it is written', () => {
		const twice = [...numbersOf(300), ...numbersOf(300).map((number) => number.toLowerCase())];

		const parts = listParts(INVOICES, listOf({ query: { InvoiceNumbers: twice.join(',') } }));

		expect(parts.flatMap((part) => part.query['InvoiceNumbers']?.split(','))).toHaveLength(300);
	});

	it('leaves whole what cannot be cut', () => {
		const list = listOf({ query: { where: `Name=="${'x'.repeat(3_000)}"` } });

		expect(listParts(INVOICES, list)).toEqual([list]);
	});
});
