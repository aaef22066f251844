import fc from 'fast-check';

import { flattenReport } from '../../../nodes/Xero/resources/report/flattenReport';
import { readAmount } from '../../../nodes/Xero/resources/report/readAmount';

describe('an amount in a report', () => {
	it('is the number that prints as it, whatever the amount', () => {
		fc.assert(
			fc.property(
				fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
				fc.integer({ min: 0, max: 99 }),
				(whole, cents) => {
					const text = `${whole}.${String(cents).padStart(2, '0')}`;

					expect(String(readAmount(text, false))).toBe(text.replace(/\.?0+$/, ''));
				},
			),
		);
	});

	it.each([
		['1234.50', 1234.5],
		['-1850.00', -1850],
		['0.00', 0],
		['', null],
		['12.5%', '12.5%'],
		['305 days overdue', '305 days overdue'],
		['2026-11-30T00:00:00', '2026-11-30T00:00:00'],
		// A number holds no more than 17 digits: it would be another amount.
		['4.0729764675459012154124644427', '4.0729764675459012154124644427'],
		['12345678901234567890.00', '12345678901234567890.00'],
	])('%j is %j', (text, value) => {
		expect(readAmount(text, false)).toBe(value);
	});

	it('is text, digit for digit, where that is wished', () => {
		expect(readAmount('1234.50', true)).toBe('1234.50');
		expect(readAmount('', true)).toBeNull();
	});
});

describe('a flattened report', () => {
	const account = [{ Id: 'account', Value: 'acc-1' }];
	const report = {
		ReportName: 'Balance Sheet',
		ReportDate: '12 April 2019',
		Rows: [
			{
				RowType: 'Header',
				Cells: [{ Value: '' }, { Value: '30 Apr 2019' }, { Value: '' }, { Value: '30 Apr 2019' }],
			},
			{ RowType: 'Section', Title: 'Assets', Rows: [] },
			{
				RowType: 'Section',
				Title: 'Bank',
				Rows: [
					{
						RowType: 'Row',
						Cells: [
							{ Value: 'My Big Bank', Attributes: account },
							{ Value: '2146.37', Attributes: account },
							{ Value: '' },
							{ Value: '1' },
						],
					},
					{ RowType: 'SummaryRow', Cells: [{ Value: 'Total Bank' }, { Value: '2146.37' }] },
				],
			},
			{ RowType: 'Row', Cells: [{ Value: 'Alone' }, { Value: '5.00' }] },
		],
	};

	it('has a row for each row, with its section, its ids and a member for each column', () => {
		expect(flattenReport(report, false)).toEqual([
			{
				reportName: 'Balance Sheet',
				reportDate: '12 April 2019',
				group: 'Assets',
				section: 'Bank',
				rowType: 'Row',
				label: 'My Big Bank',
				accountId: 'acc-1',
				'30 Apr 2019': 2146.37,
				column3: null,
				column4: 1,
			},
			expect.objectContaining({ rowType: 'SummaryRow', label: 'Total Bank' }),
			expect.objectContaining({ section: '', label: 'Alone', '30 Apr 2019': 5 }),
		]);
	});

	it('loses no row, however deep sections are nested', () => {
		const rows = fc.letrec<{ row: object }>((tie) => ({
			row: fc.oneof(
				{ maxDepth: 4 },
				fc.constant({ RowType: 'Row', Cells: [{ Value: 'x' }, { Value: '1.00' }] }),
				fc.record({
					RowType: fc.constant('Section'),
					Title: fc.string(),
					Rows: fc.array(tie('row'), { maxLength: 4 }),
				}),
			),
		})).row;
		const count = (row: object): number =>
			'Rows' in row
				? (row.Rows as object[]).reduce<number>((sum, inner) => sum + count(inner), 0)
				: 1;

		fc.assert(
			fc.property(fc.array(rows), (all) => {
				expect(flattenReport({ Rows: all }, false)).toHaveLength(
					all.reduce<number>((sum, row) => sum + count(row), 0),
				);
			}),
		);
	});
});
