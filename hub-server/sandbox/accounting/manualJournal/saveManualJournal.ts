import type { ApiCall } from '../../resource/ApiResource';
import type { LineAmountTypes } from '../../world/Books';
import { formatCents, parseDecimal } from '../../world/decimal';
import type { ManualJournal, ManualJournalLine } from '../../world/ManualJournal';
import { randomGuid } from '../../world/random';
import { isObject, type Element } from '../../writing/readElements';
import { taxAmountOf } from '../amounts/lineMath';
import { checkLocks, type Dated } from '../document/checkLocks';
import { readDate, todayOf } from '../document/readDate';
import { readLineAmountTypes } from '../document/readLineAmountTypes';
import { readTracking } from '../document/readTracking';

export type SavedManualJournal =
	| {
			readonly ok: true;
			readonly journal: ManualJournal;
			readonly warnings: readonly string[];
	  }
	| { readonly ok: false; readonly messages: readonly string[] };

type Status = ManualJournal['status'];

/** Statuses that the API may set, from each. */
const TRANSITIONS: Readonly<Record<Status, readonly Status[]>> = {
	DRAFT: ['DRAFT', 'POSTED', 'DELETED'],
	POSTED: ['POSTED', 'VOIDED'],
	DELETED: [],
	VOIDED: [],
};

/** Creates a manual journal, or changes the known one that `before` is. */
export function saveManualJournal(
	call: ApiCall,
	element: Element,
	before: ManualJournal | undefined,
): SavedManualJournal {
	const status = (element['Status'] ?? before?.status ?? 'DRAFT') as Status;
	const allowed = before === undefined ? ['DRAFT', 'POSTED'] : TRANSITIONS[before.status];
	if (!allowed.includes(status)) {
		const end = before === undefined ? 'creation' : 'modification';
		return { ok: false, messages: [`Manual journal not of valid status for ${end}`] };
	}
	const messages: string[] = [];
	if (before !== undefined && (status === 'DELETED' || status === 'VOIDED')) {
		checkLocks(call, dated(before), undefined, messages);
		if (messages.length > 0) return { ok: false, messages };
		return keep(call, { ...before, status, updatedMs: call.nowMs }, []);
	}

	const warnings: string[] = [];
	const narration = textOf(element['Narration']) ?? before?.narration;
	if (narration === undefined) messages.push('Narration must be specified');
	const lineAmountTypes = readLineAmountTypes(
		element,
		before?.lineAmountTypes ?? 'NoTax',
		messages,
	);
	const dateMs = readDate(element, 'Date', before?.dateMs, messages) ?? todayOf(call.nowMs);
	checkLocks(call, before && dated(before), dated({ dateMs, status }), messages);

	const sent = element['JournalLines'];
	const lines = Array.isArray(sent)
		? readLines(call, sent, { lineAmountTypes, isDraft: status === 'DRAFT' }, messages, warnings)
		: (before?.lines ?? []);
	if (lines.length < 2) messages.push('A manual journal must have at least two lines');
	if (messages.length === 0) checkBalance(lines, lineAmountTypes, messages);
	if (messages.length > 0 || narration === undefined) {
		return { ok: false, messages: [...new Set(messages)] };
	}

	const { ShowOnCashBasisReports: cashBasis } = element;
	return keep(
		call,
		{
			id: before?.id ?? randomGuid(call.context.random),
			updatedMs: call.nowMs,
			narration,
			status,
			dateMs,
			lineAmountTypes,
			lines,
			showOnCashBasisReports:
				typeof cashBasis === 'boolean' ? cashBasis : (before?.showOnCashBasisReports ?? true),
			url: textOf(element['Url']) ?? before?.url,
		},
		warnings,
	);
}

function dated({ dateMs, status }: Pick<ManualJournal, 'dateMs' | 'status'>): Dated {
	return { dateMs, isPosted: status === 'POSTED' };
}

function keep(
	call: ApiCall,
	journal: ManualJournal,
	warnings: readonly string[],
): SavedManualJournal {
	call.transaction.put(call.books.manualJournals, journal);
	return { ok: true, journal, warnings };
}

function readLines(
	call: ApiCall,
	sent: readonly unknown[],
	rules: { readonly lineAmountTypes: LineAmountTypes; readonly isDraft: boolean },
	messages: string[],
	warnings: string[],
): ManualJournalLine[] {
	return sent.filter(isObject).map((element) => {
		const lineAmount = parseDecimal(element['LineAmount'], 2);
		if (lineAmount === undefined) messages.push('LineAmount must be a number');
		const account = accountOf(call, element, rules.isDraft, messages, warnings);
		const taxType =
			textOf(element['TaxType']) ??
			(rules.lineAmountTypes === 'NoTax' ? 'NONE' : (account?.taxType ?? 'NONE'));
		const rate = call.books.taxRates.get(taxType);
		if (rate === undefined || rate.status !== 'ACTIVE') {
			messages.push(`The TaxType code '${taxType}' does not exist.`);
		}
		return {
			description: textOf(element['Description']),
			lineAmount: lineAmount ?? 0,
			taxAmount: taxAmountOf(lineAmount ?? 0, rate?.rate ?? 0, rules.lineAmountTypes),
			taxType,
			accountCode: account?.code,
			tracking: Array.isArray(element['Tracking'])
				? readTracking(call.books, element['Tracking'], {}, messages)
				: [],
		};
	});
}

/** System, bank and inventory accounts take no manual journals; a draft loses an unknown account. */
function accountOf(
	call: ApiCall,
	element: Element,
	isDraft: boolean,
	messages: string[],
	warnings: string[],
) {
	const { accounts } = call.books;
	const id = textOf(element['AccountID']);
	const code = textOf(element['AccountCode']);
	const account =
		code === undefined
			? accounts.get(id?.toLowerCase() ?? '')
			: accounts.find('code', code.toLowerCase());
	const shown = code ?? id;
	if (account === undefined) {
		if (shown === undefined) messages.push('Account code or ID must be specified');
		else if (isDraft) warnings.push(removed(shown));
		else messages.push(`Account code '${shown}' is not a valid code for this document.`);
		return undefined;
	}
	const isBarred =
		account.systemAccount !== undefined || account.type === 'BANK' || account.type === 'INVENTORY';
	if (isBarred || account.status !== 'ACTIVE') {
		messages.push(`Account code '${shown}' is not a valid code for this document.`);
	}
	return account;
}

function removed(code: string): string {
	return `Account code '${code}' has been removed as it does not match a recognised account.`;
}

/** Debits are above zero and credits below; tax on top counts with its line. */
function checkBalance(
	lines: readonly ManualJournalLine[],
	types: LineAmountTypes,
	messages: string[],
): void {
	const amounts = lines.map(({ lineAmount, taxAmount }) =>
		types === 'Exclusive' ? lineAmount + taxAmount : lineAmount,
	);
	const sum = (wanted: (amount: number) => boolean) =>
		amounts.filter(wanted).reduce((total, amount) => total + amount, 0);
	const debits = sum((amount) => amount > 0);
	const credits = sum((amount) => amount < 0);
	if (debits + credits === 0) return;
	messages.push(
		`The total debits (${formatCents(debits)}) must equal total credits (${formatCents(credits)})`,
	);
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
