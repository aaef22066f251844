import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import { listRows } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import type { Credit, CreditKind } from '../../world/Credit';
import { detailOf } from '../document/DocumentDetail';
import { creditKinds } from '../settling/creditKinds';
import { creditFields } from './creditFields';
import { presentCredit } from './presentCredit';

/** The list GET of one kind. */
export function listCredits(
	call: ApiCall,
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
export function oneCredit(call: ApiCall, kind: CreditKind): Reply {
	const credit = findCredit(call, kind);
	if (credit === undefined) return notFound();
	const { collection } = creditKinds[kind];
	return envelope(call, collection, [presentCredit(call.books, credit, detailOf(call, 'one'))]);
}

/** The credit that the path names: by id, a sales credit note by its number too. */
export function findCredit(call: ApiCall, kind: CreditKind): Credit | undefined {
	const key = (call.params['id'] ?? '').toLowerCase();
	const rows = creditKinds[kind].table(call.books);
	return rows.get(key) ?? rows.find('salesNumber', key);
}

/** A comma-separated parameter in lower case, its values with or without quotes. */
export function listParameter(call: ApiCall, name: string): ReadonlySet<string> | undefined {
	const text = parameter(call.request, name);
	if (text === undefined || text === '') return undefined;
	return new Set(text.split(',').map((part) => part.trim().replace(/^"|"$/g, '').toLowerCase()));
}
