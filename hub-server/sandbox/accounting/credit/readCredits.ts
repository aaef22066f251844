import type { Reply } from '../../http/Reply';
import type { Credit, CreditKind } from '../../world/Credit';
import { parameter, type AccountingCall } from '../../resource/ApiResource';
import { notFound } from '../../resource/apiError';
import { envelope } from '../../resource/envelope';
import type { InvoiceDetail } from '../invoice/presentInvoice';
import { listRows } from '../../query/listRows';
import { creditFields } from './creditFields';
import { creditKinds } from '../settling/creditKinds';
import { presentCredit } from './presentCredit';

/** The list GET of one kind. */
export function listCredits(
	call: AccountingCall,
	kind: CreditKind,
	keep: (credit: Credit) => boolean = () => true,
): Reply {
	const { collection, table } = creditKinds[kind];
	return listRows(call, {
		collection,
		typeName: kind,
		rows: table(call.books),
		fields: creditFields(call.books, kind),
		paged: true,
		keep,
		present: (credit, isPaged) =>
			presentCredit(call.books, credit, detailOf(call, isPaged ? 'page' : 'summary')),
	});
}

/** The GET of one, by its id. */
export function oneCredit(call: AccountingCall, kind: CreditKind): Reply {
	const credit = findCredit(call, kind);
	if (credit === undefined) return notFound();
	const { collection } = creditKinds[kind];
	return envelope(call, collection, [presentCredit(call.books, credit, detailOf(call, 'one'))]);
}

/** The credit that the path names: by id, a sales credit note by its number too. */
export function findCredit(call: AccountingCall, kind: CreditKind): Credit | undefined {
	const key = (call.params['id'] ?? '').toLowerCase();
	const rows = creditKinds[kind].table(call.books);
	return rows.get(key) ?? rows.find('salesNumber', key);
}

export function detailOf(call: AccountingCall, level: InvoiceDetail['level']): InvoiceDetail {
	return {
		level,
		unitPlaces: parameter(call.request, 'unitdp') === '4' ? 4 : 2,
		nowMs: call.nowMs,
	};
}

/** A comma-separated parameter in lower case, its values with or without quotes. */
export function listParameter(call: AccountingCall, name: string): ReadonlySet<string> | undefined {
	const text = parameter(call.request, name);
	if (text === undefined || text === '') return undefined;
	return new Set(text.split(',').map((part) => part.trim().replace(/^"|"$/g, '').toLowerCase()));
}
