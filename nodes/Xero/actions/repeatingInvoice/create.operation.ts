import { success } from '../../errors/failure';
import { createOperation } from '../common/createOperation';
import { salesLines } from '../fields/lineItems';
import { repeatingInvoiceContactField, repeatingInvoiceFields } from './repeatingInvoiceFields';
import { repeatingInvoiceKind } from './repeatingInvoiceKind';
import { scheduleFields, withSchedule } from './scheduleFields';

/** Through the API, Xero makes templates of sales invoices only. */
export const { description, request, execute } = createOperation(repeatingInvoiceKind, {
	own: [repeatingInvoiceContactField, ...scheduleFields],
	more: repeatingInvoiceFields,
	lines: salesLines,
	finish: (record) => success({ Type: 'ACCREC', ...withSchedule(record) }),
});
