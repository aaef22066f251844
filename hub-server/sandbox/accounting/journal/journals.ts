import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import { modifiedSince } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { msDateTime } from '../../resource/xeroDate';
import { toNumber } from '../../world/decimal';
import type { Journal, JournalLine } from '../../world/Journal';
import type { Element } from '../../writing/readElements';
import { presentTracking } from '../document/presentLine';
import { postJournals } from './postJournals';

/** Read only, and only for apps of the Advanced tier. */
export const journals: ApiResource = {
	name: 'Journals',
	scopes: ['accounting.journals.read'],
	routes: [
		{ method: 'GET', path: '/Journals', handle: list },
		{ method: 'GET', path: '/Journals/:id', handle: one },
	],
};

const PAGE_SIZE = 100;

/** Journals after the number that `offset` names, 100 at most. */
function list(call: ApiCall): Reply {
	postJournals(call);
	const offset = Number(parameter(call.request, 'offset') ?? 0);
	const isCash = parameter(call.request, 'paymentsOnly') === 'true';
	const sinceMs = modifiedSince(call);
	const wanted = [...call.books.journals.values()]
		.filter(
			({ number, updatedMs, sourceType }) =>
				number > offset &&
				(sinceMs === undefined || updatedMs > sinceMs) &&
				(!isCash || movesCash(sourceType)),
		)
		.sort((a, b) => a.number - b.number)
		.slice(0, PAGE_SIZE);
	return envelope(
		call,
		'Journals',
		wanted.map((journal) => present(call, journal)),
	);
}

function one(call: ApiCall): Reply {
	postJournals(call);
	const key = call.params['id']?.toLowerCase() ?? '';
	const journal = call.books.journals.get(key) ?? call.books.journals.find('number', key);
	return journal === undefined ? notFound() : envelope(call, 'Journals', [present(call, journal)]);
}

function movesCash(sourceType: string): boolean {
	return (
		sourceType.endsWith('PAYMENT') || sourceType.startsWith('CASH') || sourceType === 'TRANSFER'
	);
}

function present(call: ApiCall, journal: Journal): Element {
	return {
		JournalID: journal.id,
		JournalDate: msDateTime(journal.dateMs),
		JournalNumber: journal.number,
		CreatedDateUTC: msDateTime(journal.updatedMs),
		...(journal.reference !== undefined && { Reference: journal.reference }),
		SourceID: journal.sourceId,
		SourceType: journal.sourceType,
		JournalLines: journal.lines.map((line) => presentLine(call, line)),
	};
}

function presentLine({ books }: ApiCall, line: JournalLine): Element {
	const account = books.accounts.get(line.accountId);
	const taxRate = line.taxType === undefined ? undefined : books.taxRates.get(line.taxType);
	return {
		JournalLineID: line.id,
		...(account !== undefined && {
			AccountID: account.id,
			...(account.code !== undefined && { AccountCode: account.code }),
			AccountType: account.type,
			AccountName: account.name,
		}),
		Description: line.description,
		NetAmount: toNumber(line.netAmount, 2),
		GrossAmount: toNumber(line.netAmount + line.taxAmount, 2),
		TaxAmount: toNumber(line.taxAmount, 2),
		...(line.taxType !== undefined && { TaxType: line.taxType }),
		...(taxRate !== undefined && { TaxName: taxRate.name }),
		TrackingCategories: line.tracking.flatMap(({ categoryId, optionId }) =>
			presentTracking(books, categoryId, optionId),
		),
	};
}
