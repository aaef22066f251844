import type { IDataObject } from 'n8n-workflow';

/** The ten fields that say what it is, whose it is and what is still due. */
export function simplifyInvoice(invoice: IDataObject): IDataObject {
	const contact = invoice.Contact as IDataObject | undefined;
	return {
		InvoiceID: invoice.InvoiceID,
		InvoiceNumber: invoice.InvoiceNumber,
		Type: invoice.Type,
		Status: invoice.Status,
		ContactName: contact?.Name,
		Date: invoice.Date,
		DueDate: invoice.DueDate,
		CurrencyCode: invoice.CurrencyCode,
		Total: invoice.Total,
		AmountDue: invoice.AmountDue,
	};
}
