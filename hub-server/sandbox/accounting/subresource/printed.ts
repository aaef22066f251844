import type { Reply } from '../../http/Reply';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { hostRecord, hosts, type Host } from './hosts';
import { pdfOf } from './pdfOf';

const PRINTED = ['Invoices', 'CreditNotes', 'Quotes', 'PurchaseOrders'];

/** `/{Host}/{id}/pdf`, which `Accept: application/pdf` at the record's own address means too. */
export const printed: ApiResource = {
	name: 'Printed documents',
	scopes: [],
	routes: hosts
		.filter(({ name }) => PRINTED.includes(name))
		.map((host) => ({
			method: 'GET' as const,
			path: `/${host.name}/:id/pdf`,
			scopes: host.scopes,
			handle: (call: ApiCall) => print(call, host),
		})),
};

function print(call: ApiCall, host: Host): Reply {
	const record = hostRecord(call, host);
	if (record === undefined) return notFound();
	return {
		status: 200,
		headers: { 'content-type': 'application/pdf' },
		body: pdfOf(`${host.name} ${record.id} of ${call.organisation.name}`),
	};
}
