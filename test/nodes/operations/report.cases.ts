import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { picked, UNKNOWN_ID, type OperationCases, type ResourceCases } from './OperationCases';
import { oneInvoice } from './invoice.cases';

const noDate = (label: string) => ({
	item: { day: 'soon' },
	message: `${label} is not a date: "soon"`,
});
const noRecord = { notApplicable: 'the report is of the whole organisation' };

/** A report of the whole organisation as at the item's day. */
const asAtDay = (output: IDataObject, more: INodeParameters = {}): OperationCases => ({
	parameters: { date: '={{ $json.day }}', ...more },
	prepare: oneInvoice,
	success: { item: { day: '2026-11-30' }, output },
	validationError: noDate('Date'),
	notFound: noRecord,
});

const ofContact = (type: 'ACCPAY' | 'ACCREC'): OperationCases => ({
	parameters: { contact: picked('={{ $json.contact }}'), date: '2026-12-10' },
	prepare: async (ledger) =>
		await oneInvoice(ledger, { Type: type, InvoiceNumber: ledger.unique(type) }),
	success: {
		item: ({ Contact }) => ({ contact: (Contact as IDataObject)['ContactID'] }),
		output: {
			rowType: 'Row',
			'Due Date': '2026-11-30T00:00:00',
			column4: '10 days overdue',
			Due: 230,
		},
		then({ items, prepared }) {
			expect(items.map(({ json }) => json['invoiceId'])).toContain(prepared['InvoiceID']);
		},
	},
	validationError: { item: { contact: 'nobody' }, message: '"nobody"' },
	notFound: { item: { contact: UNKNOWN_ID }, message: /no record/ },
});

export const cases: ResourceCases = {
	agedPayables: ofContact('ACCPAY'),
	agedReceivables: ofContact('ACCREC'),
	balanceSheet: asAtDay(
		{
			reportName: 'Balance Sheet',
			group: 'Assets',
			section: expect.any(String),
			rowType: 'Row',
			accountId: expect.any(String),
			'30 Nov 2026': expect.any(Number),
			'31 Oct 2026': expect.any(Number),
		},
		{ options: { periods: 1, timeframe: 'MONTH' } },
	),
	bankSummary: {
		parameters: { fromDate: '2026-11-01', toDate: '={{ $json.day }}' },
		success: {
			item: { day: '2026-11-30' },
			output: { accountId: expect.any(String), 'Closing Balance': expect.any(Number) },
		},
		validationError: noDate('To Date'),
		notFound: noRecord,
	},
	budgetSummary: asAtDay(
		{
			reportName: 'Budget Summary',
			label: 'Sales',
			'Nov 2026': expect.any(Number),
			'Feb 2027': expect.any(Number),
		},
		{ options: { periods: 1, timeframe: '3' } },
	),
	executiveSummary: asAtDay({
		section: 'Cash',
		label: 'Cash received',
		Variance: expect.stringMatching(/%$/),
	}),
	profitAndLoss: {
		parameters: {
			fromDate: '={{ $json.day }}',
			toDate: '2026-11-30',
			options: { amountsAsText: true },
		},
		prepare: oneInvoice,
		success: {
			item: { day: '2026-11-01' },
			output: {
				reportName: 'Profit and Loss',
				section: 'Income',
				label: 'Sales',
				accountId: expect.any(String),
				'30 Nov 2026': expect.stringMatching(/^\d+\.\d\d$/),
			},
			then({ items }) {
				expect(items.map(({ json }) => json['label'])).toContain('Net Profit');
			},
		},
		validationError: { item: { day: '2027-01-01' }, message: 'must be before the toDate' },
		notFound: noRecord,
	},
	taxReport: {
		parameters: { reportId: '={{ $json.id }}' },
		prepare: async (ledger) => (await ledger.get('Reports'))[0] as IDataObject,
		success: {
			item: ({ ReportID }) => ({ id: ReportID }),
			output: {
				reportName: 'GST Return',
				label: 'Tax collected on sales',
				Amount: expect.any(Number),
			},
		},
		validationError: { item: { id: '' }, message: 'Report ID is not set' },
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	taxReports: {
		parameters: {},
		success: { item: {}, output: { ReportID: expect.any(String), ReportName: 'GST Return' } },
		validationError: { notApplicable: 'the list has no fields to fill in' },
		notFound: { notApplicable: 'the list names no record' },
	},
	tenNinetyNine: {
		parameters: { reportYear: '={{ $json.year }}', simplify: false },
		success: {
			item: { year: '2025' },
			output: { ReportName: '1099-NEC report', ReportDate: '1 Jan 2025 to 31 Dec 2025' },
		},
		validationError: { item: { year: 'last' }, message: 'Year is not a year: "last"' },
		notFound: noRecord,
	},
	trialBalance: asAtDay({
		reportName: 'Trial Balance',
		section: 'Revenue',
		label: expect.stringMatching(/\(\d+\)$/),
		accountId: expect.any(String),
		Debit: null,
		Credit: expect.any(Number),
		'YTD Credit': expect.any(Number),
	}),
};
