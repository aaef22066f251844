import type { IDataObject } from 'n8n-workflow';

import { reportYear } from './reportFields';
import { reportOperation } from './reportOperation';

/** An item for each contact of each form: 1099-NEC and 1099-MISC. */
export const { description, request, execute } = reportOperation({
	path: '/TenNinetyNine',
	scope: 'accounting.reports.tenninetynine.read',
	own: [reportYear],
	flatten: ({ ReportName, ReportDate, Contacts }) =>
		((Contacts ?? []) as IDataObject[]).map((contact) => ({
			...contact,
			reportName: ReportName,
			reportDate: ReportDate,
		})),
});
