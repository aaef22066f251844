import type { Reply } from '../../http/Reply';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { agedByContact } from './agedByContact';
import { balanceSheet } from './balanceSheet';
import { bankSummary } from './bankSummary';
import { budgetSummary } from './budgetSummary';
import { executiveSummary } from './executiveSummary';
import { profitAndLoss } from './profitAndLoss';
import { listTaxReports, oneTaxReport } from './taxReports';
import { tenNinetyNine } from './tenNinetyNine';
import { trialBalance } from './trialBalance';

/** Every report has a scope of its own, for reading only. */
export const reports: ApiResource = {
	name: 'Reports',
	scopes: ['accounting.reports.taxreports.read'],
	routes: [
		report('AgedPayablesByContact', 'aged', (call) => agedByContact(call, 'ACCPAY')),
		report('AgedReceivablesByContact', 'aged', (call) => agedByContact(call, 'ACCREC')),
		report('BalanceSheet', 'balancesheet', balanceSheet),
		report('BankSummary', 'banksummary', bankSummary),
		report('BudgetSummary', 'budgetsummary', budgetSummary),
		report('ExecutiveSummary', 'executivesummary', executiveSummary),
		report('ProfitAndLoss', 'profitandloss', profitAndLoss),
		report('TenNinetyNine', 'tenninetynine', tenNinetyNine),
		report('TrialBalance', 'trialbalance', trialBalance),
		{ method: 'GET', path: '/Reports', handle: listTaxReports },
		{ method: 'GET', path: '/Reports/:id', handle: oneTaxReport },
	],
};

function report(name: string, scope: string, handle: (call: ApiCall) => Reply) {
	return {
		method: 'GET' as const,
		path: `/Reports/${name}`,
		scopes: [`accounting.reports.${scope}.read`],
		handle,
	};
}
