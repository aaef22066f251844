import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

/** Templates from which Xero makes invoices. `unitdp=4` keeps four decimals of a unit amount. */
export const repeatingInvoiceKind: RecordKind = {
	collection: {
		name: 'RepeatingInvoices',
		path: 'api.xro/2.0/RepeatingInvoices',
		idField: 'RepeatingInvoiceID',
		label: 'repeating invoice',
		scope: 'accounting.invoices',
		query: { unitdp: '4' },
		paging: 'none',
	},
	codes: {},
	locator: recordLocator({
		displayName: 'Repeating Invoice',
		name: 'repeatingInvoice',
		searchListMethod: 'searchRepeatingInvoices',
		noun: 'a repeating invoice',
		exampleUrl:
			'https://go.xero.com/RepeatTransactions/Edit.aspx?ID=428c0d75-909f-4b04-8403-a48dc27283b0',
		required: true,
	}),
	simplify: simplifyRepeatingInvoice,
};

/** The fields that say for whom it is, over how much, and when it comes next. */
function simplifyRepeatingInvoice(template: IDataObject): IDataObject {
	const schedule = template.Schedule as IDataObject | undefined;
	return {
		ContactName: (template.Contact as IDataObject | undefined)?.Name,
		Total: template.Total,
		CurrencyCode: template.CurrencyCode,
		Status: template.Status,
		Type: template.Type,
		Reference: template.Reference,
		NextScheduledDate: schedule?.NextScheduledDate,
		Period: schedule?.Period,
		Unit: schedule?.Unit,
		EndDate: schedule?.EndDate,
		RepeatingInvoiceID: template.RepeatingInvoiceID,
	};
}
