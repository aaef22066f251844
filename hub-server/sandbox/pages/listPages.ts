import { escapeHtml, page } from '../http/page';
import { html } from '../http/Reply';
import { inOrganisation, type PageRoute, type PagesDeps } from './createPages';
import { PAGE_ROWS, pageLinks, pageNumber } from './paged';
import { personCall, type Answer } from './personCall';

/** What each list shows of a record, by Xero's names of its members. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
	Payments: ['Date', 'Invoice.InvoiceNumber', 'Amount', 'CurrencyRate', 'Status'],
	CreditNotes: ['CreditNoteNumber', 'Contact.Name', 'Total', 'RemainingCredit', 'Status'],
	BankTransactions: ['Type', 'Contact.Name', 'Reference', 'Total', 'Status'],
	Items: ['Code', 'Name', 'SalesDetails.UnitPrice'],
	Accounts: ['Code', 'Name', 'Type', 'TaxType', 'Status'],
};

/** Xero gives all of these at once. */
const UNPAGED = new Set(['Items', 'Accounts']);

/** `/org/{tenantId}/list/{resource}`: other lists of the books, to look at. */
export function listPages({ context, apis }: PagesDeps): readonly PageRoute[] {
	return [
		{
			method: 'GET',
			path: '/org/:tenantId/list/:resource',
			show: inOrganisation({ context }, (organisation, request, { resource = '' }) => {
				const members = Object.hasOwn(LISTS, resource) ? LISTS[resource] : undefined;
				if (members === undefined) return html(404, page('No such list', '', 'wide'));
				const number = pageNumber(request.query);
				const at = `/org/${organisation.tenantId}/list/${resource}`;
				const call = {
					method: 'GET',
					path: `/${resource}?page=${number}&pageSize=${PAGE_ROWS}`,
				} as const;
				const found = personCall(apis, organisation, request, call);
				const records = found.ok ? (found.answer[resource] as readonly Answer[]) : [];
				const rows = records.map(
					(record) =>
						`<tr>${members.map((member) => `<td>${escapeHtml(textOf(record, member))}</td>`).join('')}</tr>`,
				);
				const heads = members.map((member) => `<th>${member.split('.').at(-1)}</th>`).join('');
				return html(
					200,
					page(
						`${organisation.name}: ${resource.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}`,
						rows.length === 0
							? '<p>None.</p>'
							: `<div class="scroll"><table><tr>${heads}</tr>${rows.join('')}</table></div>${pageLinks(at, number, !UNPAGED.has(resource) && records.length === PAGE_ROWS)}`,
						'wide',
					),
				);
			}),
		},
	];
}

function textOf(record: Answer, member: string): string {
	let value: unknown = record;
	for (const name of member.split('.')) value = (value as Answer | undefined)?.[name];
	const at = typeof value === 'string' && /^\/Date\((\d+)/.exec(value)?.[1];
	if (at) return new Date(Number(at)).toISOString().slice(0, 10);
	return value === undefined || value === null ? '' : String(value);
}
