import { empty, type Reply } from '../../http/Reply';
import { ApiError, notFound } from '../../resource/apiError';
import type { ApiCall, ApiRoute } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import type { Invoice } from '../../world/Books';
import { remember } from '../subresource/history';

const APPROVED: readonly Invoice['status'][] = ['SUBMITTED', 'AUTHORISED', 'PAID'];

/** What can be asked of one sales invoice besides reading and writing it. */
export const invoiceActions: readonly ApiRoute[] = [
	{ method: 'POST', path: '/Invoices/:id/Email', handle: withInvoice(email) },
	{ method: 'GET', path: '/Invoices/:id/OnlineInvoice', handle: withInvoice(onlineInvoice) },
];

function withInvoice(handle: (call: ApiCall, invoice: Invoice) => Reply) {
	return (call: ApiCall): Reply => {
		const invoice = call.books.invoices.get(call.params['id']?.toLowerCase() ?? '');
		return invoice === undefined ? notFound() : handle(call, invoice);
	};
}

/** Xero sends the mail itself; here the invoice only becomes one that was sent. */
function email(call: ApiCall, invoice: Invoice): Reply {
	const { books, transaction, nowMs } = call;
	const contact = books.contacts.get(invoice.contactId);
	const address = contact?.fields['EmailAddress'];
	if (invoice.type !== 'ACCREC') throw refusal('Only sales invoices can be emailed');
	if (!APPROVED.includes(invoice.status)) {
		throw refusal('Invoice must be of status SUBMITTED, AUTHORISED or PAID to be emailed');
	}
	if (typeof address !== 'string' || address === '') {
		throw refusal('The contact of the invoice has no email address');
	}
	transaction.put(
		books.invoices,
		{ ...invoice, sentToContact: true, updatedMs: nowMs },
		{ category: 'INVOICE', type: 'UPDATE', resource: 'Invoices', resourceId: invoice.id },
	);
	remember(call, invoice.id, {
		changes: 'Invoice sent',
		details: `This invoice has been sent to ${address}`,
		atMs: nowMs,
	});
	return empty(204);
}

function onlineInvoice(call: ApiCall, invoice: Invoice): Reply {
	if (invoice.type !== 'ACCREC' || invoice.status === 'DRAFT') {
		throw refusal('Online invoices are available for approved sales invoices only');
	}
	const url = `https://in.xero.com/${invoice.id.replace(/-/g, '').slice(0, 20)}`;
	return envelope(call, 'OnlineInvoices', [{ OnlineInvoiceUrl: url }]);
}

function refusal(message: string): ApiError {
	return new ApiError('ValidationException', message);
}
