import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import type { Fields } from '../../query/Field';
import { listRows } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { msDateTime } from '../../resource/xeroDate';
import { toNumber } from '../../world/decimal';
import type { ManualJournal, ManualJournalLine } from '../../world/ManualJournal';
import { echoDates } from '../../writing/echoDates';
import type { Element } from '../../writing/readElements';
import { UNKNOWN_ID } from '../../writing/unknownId';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { presentTracking } from '../document/presentLine';
import { saveManualJournal, type SavedManualJournal } from './saveManualJournal';

export const manualJournals: ApiResource = {
	name: 'ManualJournals',
	scopes: ['accounting.manualjournals'],
	routes: [
		{ method: 'GET', path: '/ManualJournals', handle: list },
		{ method: 'PUT', path: '/ManualJournals', handle: create },
		{ method: 'POST', path: '/ManualJournals', handle: createOrUpdate },
		{ method: 'GET', path: '/ManualJournals/:id', handle: one },
		{ method: 'POST', path: '/ManualJournals/:id', handle: update },
	],
};

function list(call: ApiCall): Reply {
	return listRows(call, {
		collection: 'ManualJournals',
		typeName: 'ManualJournal',
		rows: call.books.manualJournals,
		fields: manualJournalFields,
		// With `order`, each page is the whole list (tap-xero PR 104).
		paged: parameter(call.request, 'order') === undefined,
		present: (journal, isPaged) => present(call, journal, isPaged),
	});
}

function one(call: ApiCall): Reply {
	const journal = find(call);
	return journal === undefined
		? notFound()
		: envelope(call, 'ManualJournals', [present(call, journal, true)]);
}

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'ManualJournals',
		write: (element) => outcome(call, element, saveManualJournal(call, element, undefined)),
	});
}

function createOrUpdate(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'ManualJournals',
		write(element) {
			const id = element['ManualJournalID'];
			const isNamed = typeof id === 'string' && id !== '';
			const before = isNamed ? call.books.manualJournals.get(id.toLowerCase()) : undefined;
			if (isNamed && before === undefined) {
				return outcome(call, element, { ok: false, messages: [UNKNOWN_ID] });
			}
			return outcome(call, element, saveManualJournal(call, element, before));
		},
	});
}

function update(call: ApiCall): Reply {
	const before = find(call);
	if (before === undefined) return notFound();
	return writeElements(call, {
		collection: 'ManualJournals',
		write: (element) => outcome(call, element, saveManualJournal(call, element, before)),
	});
}

function find(call: ApiCall): ManualJournal | undefined {
	return call.books.manualJournals.get(call.params['id']?.toLowerCase() ?? '');
}

function outcome(call: ApiCall, element: Element, saved: SavedManualJournal): ElementOutcome {
	if (saved.ok) {
		return { ok: true, view: present(call, saved.journal, true), warnings: saved.warnings };
	}
	const echo = { ManualJournalID: ZERO_GUID, ...echoDates(element, ['Date']) };
	return { ok: false, messages: saved.messages, echo };
}

function present(call: ApiCall, journal: ManualJournal, withLines: boolean): Element {
	return {
		Date: msDateTime(journal.dateMs),
		Status: journal.status,
		LineAmountTypes: journal.lineAmountTypes,
		UpdatedDateUTC: msDateTime(journal.updatedMs),
		ManualJournalID: journal.id,
		Narration: journal.narration,
		...(journal.url !== undefined && { Url: journal.url }),
		JournalLines: withLines ? journal.lines.map((line) => presentLine(call, line)) : [],
		ShowOnCashBasisReports: journal.showOnCashBasisReports,
		HasAttachments: call.books.files.get(journal.id) !== undefined,
	};
}

function presentLine({ books }: ApiCall, line: ManualJournalLine): Element {
	const account =
		line.accountCode === undefined
			? undefined
			: books.accounts.find('code', line.accountCode.toLowerCase());
	return {
		...(line.description !== undefined && { Description: line.description }),
		TaxType: line.taxType,
		TaxAmount: toNumber(line.taxAmount, 2),
		LineAmount: toNumber(line.lineAmount, 2),
		...(account !== undefined && { AccountCode: account.code, AccountID: account.id }),
		Tracking: line.tracking.flatMap(({ categoryId, optionId }) =>
			presentTracking(books, categoryId, optionId),
		),
		IsBlank: false,
	};
}

const manualJournalFields: Fields<ManualJournal> = {
	ManualJournalID: { type: 'Guid', optimised: 'equality', get: ({ id }) => id },
	Narration: { type: 'String', get: ({ narration }) => narration },
	Status: { type: 'String', optimised: 'equality', get: ({ status }) => status },
	Date: { type: 'DateTime', optimised: 'range', get: ({ dateMs }) => dateMs },
	UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
};
