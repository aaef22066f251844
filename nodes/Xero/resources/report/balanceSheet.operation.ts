import {
	date,
	paymentsOnly,
	periods,
	standardLayout,
	timeframe,
	trackingField,
} from './reportFields';
import { reportOperation } from './reportOperation';

export const { description, request, execute } = reportOperation({
	path: '/BalanceSheet',
	scope: 'accounting.reports.balancesheet.read',
	own: [date],
	more: [
		periods,
		timeframe,
		trackingField('Tracking 1', 'tracking1', { option: 'trackingOptionID1' }),
		trackingField('Tracking 2', 'tracking2', { option: 'trackingOptionID2' }),
		standardLayout,
		paymentsOnly,
	],
});
