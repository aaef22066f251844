import {
	fromDate,
	paymentsOnly,
	periods,
	standardLayout,
	timeframe,
	toDate,
	trackingField,
} from './reportFields';
import { reportOperation } from './reportOperation';

export const { description, request, execute } = reportOperation({
	path: '/ProfitAndLoss',
	scope: 'accounting.reports.profitandloss.read',
	own: [fromDate, toDate],
	more: [
		periods,
		timeframe,
		trackingField('Tracking 1', 'tracking1', {
			category: 'trackingCategoryID',
			option: 'trackingOptionID',
		}),
		trackingField('Tracking 2', 'tracking2', {
			category: 'trackingCategoryID2',
			option: 'trackingOptionID2',
		}),
		standardLayout,
		paymentsOnly,
	],
});
