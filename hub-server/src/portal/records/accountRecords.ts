import type { Account } from 'xero-node/dist/gen/model/accounting/account';
import { text } from './invoiceRecords';
import type { Sent } from './ListAnswer';
import { RECORDS_PAGE, type Cell, type RecordKind } from './RecordKind';

export const accounts: RecordKind = {
	name: 'accounts',
	title: 'Accounts',
	entity: 'account',
	columns: [
		{ label: 'Code', kind: 'text' },
		{ label: 'Name', kind: 'name' },
		{ label: 'Type', kind: 'text', roomy: true },
		{ label: 'Tax', kind: 'text', roomy: true },
		{ label: 'Status', kind: 'status' },
	],
	searches: 'code or name',
	empty: 'The chart of accounts is empty.',
	// Xero gives the whole chart at once: at most a few hundred rows.
	request: () => ({ collection: 'Accounts', order: 'Code ASC' }),
	read(answer, { search, page }) {
		const term = search.toLowerCase();
		const all = (answer.Accounts ?? []).filter(({ Code, Name }) =>
			`${Code ?? ''} ${Name ?? ''}`.toLowerCase().includes(term),
		);
		const shown = all.slice((page - 1) * RECORDS_PAGE, page * RECORDS_PAGE);
		const ids = shown.map(({ AccountID: id }) => id ?? undefined);
		return {
			rows: shown.map(toRow),
			ids,
			hasMore: all.length > page * RECORDS_PAGE,
			total: all.length,
		};
	},
};

function toRow(account: Sent<Account>): Cell[] {
	return [
		account.Code ?? null,
		account.Name ?? null,
		words(text(account.Type)),
		account.TaxType ?? null,
		text(account.Status) ?? null,
	];
}

function words(code: string | undefined): string | null {
	return code === undefined ? null : code.charAt(0) + code.slice(1).toLowerCase();
}
