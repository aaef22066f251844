import { defineResource } from '../../operations/defineResource';
import * as agedPayables from './agedPayables.operation';
import * as agedReceivables from './agedReceivables.operation';
import * as balanceSheet from './balanceSheet.operation';
import * as bankSummary from './bankSummary.operation';
import * as budgetSummary from './budgetSummary.operation';
import * as executiveSummary from './executiveSummary.operation';
import * as profitAndLoss from './profitAndLoss.operation';
import * as taxReport from './taxReport.operation';
import * as taxReports from './taxReports.operation';
import * as tenNinetyNine from './tenNinetyNine.operation';
import * as trialBalance from './trialBalance.operation';

export const report = defineResource({
	title: 'Report',
	value: 'report',
	operations: {
		agedPayables,
		agedReceivables,
		balanceSheet,
		bankSummary,
		budgetSummary,
		executiveSummary,
		profitAndLoss,
		taxReport,
		taxReports,
		tenNinetyNine,
		trialBalance,
	},
	choices: [
		{
			name: 'Get 1099',
			value: 'tenNinetyNine',
			action: 'Get 1099 report',
			description: 'Amounts paid to each contact for forms 1099, for organisations in the US',
		},
		{
			name: 'Get Aged Payables',
			value: 'agedPayables',
			action: 'Get aged payables of contact',
			description: 'What is still owed to a supplier, bill by bill',
		},
		{
			name: 'Get Aged Receivables',
			value: 'agedReceivables',
			action: 'Get aged receivables of contact',
			description: 'What a customer still owes, invoice by invoice',
		},
		{
			name: 'Get Balance Sheet',
			value: 'balanceSheet',
			action: 'Get balance sheet',
			description: 'Assets, liabilities and equity as at a day',
		},
		{
			name: 'Get Bank Summary',
			value: 'bankSummary',
			action: 'Get bank summary',
			description: 'Opening balance, cash in, cash out and closing balance of each bank account',
		},
		{
			name: 'Get Budget Summary',
			value: 'budgetSummary',
			action: 'Get budget summary',
			description: 'The overall budget, period by period',
		},
		{
			name: 'Get Executive Summary',
			value: 'executiveSummary',
			action: 'Get executive summary',
			description: 'Key figures of a month beside those of the month before',
		},
		{
			name: 'Get Many Tax Reports',
			value: 'taxReports',
			action: 'Get many tax reports',
			description: 'List the published GST, BAS or VAT returns',
		},
		{
			name: 'Get Profit and Loss',
			value: 'profitAndLoss',
			action: 'Get profit and loss',
			description: 'Income and expenses of a period, account by account',
		},
		{
			name: 'Get Tax Report',
			value: 'taxReport',
			action: 'Get tax report',
			description: 'One published GST, BAS or VAT return',
		},
		{
			name: 'Get Trial Balance',
			value: 'trialBalance',
			action: 'Get trial balance',
			description: 'Debits and credits of every account, of the month and of the year so far',
		},
	],
	default: 'profitAndLoss',
});
