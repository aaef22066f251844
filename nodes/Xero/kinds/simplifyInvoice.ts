import type { IDataObject } from 'n8n-workflow';

/** The ten fields that say what it is, whose it is and what is still due. */
export function simplifyInvoice(invoice: IDataObject): IDataObject {
	const contact = invoice.Contact as IDataObject | undefined;
	return {
		InvoiceNumber: invoice.InvoiceNumber,
		ContactName: contact?.Name,
		Total: invoice.Total,
		AmountDue: invoice.AmountDue,
		CurrencyCode: invoice.CurrencyCode,
		Status: invoice.Status,
		Type: invoice.Type,
		Date: invoice.Date,
		DueDate: invoice.DueDate,
		InvoiceID: invoice.InvoiceID,
	};
}
