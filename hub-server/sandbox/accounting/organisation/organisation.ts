import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { msDateTime, msDateTimeBare } from '../../resource/xeroDate';

/** The path is singular, the collection plural. */
export const organisation: ApiResource = {
	name: 'Organisation',
	scopes: ['accounting.settings'],
	routes: [
		{
			method: 'GET',
			path: '/Organisation',
			handle: (call) => envelope(call, 'Organisations', [present(call)]),
		},
		{
			method: 'GET',
			path: '/Organisations',
			handle: (call) => envelope(call, 'Organisations', [present(call)]),
		},
		{
			method: 'GET',
			path: '/Organisation/Actions',
			handle: (call) => envelope(call, 'Actions', actions(call)),
		},
	],
};

/** What the organisation's plan and the connected user allow. */
function actions({ context, organisation }: ApiCall) {
	const approves = !context.faults().approvalLimitReached;
	const hasCurrencies = organisation.books.currencies.size > 1 && !context.faults().singleCurrency;
	const allowed = (name: string, isAllowed = true) => ({
		Name: name,
		Status: isAllowed ? 'ALLOWED' : 'NOT-ALLOWED',
	});
	return [
		allowed('CreateApprovedInvoice', approves),
		allowed('CreateApprovedBill', approves),
		...['Invoice', 'Bill', 'PurchaseOrder', 'Quote'].map((kind) => allowed(`CreateDraft${kind}`)),
		allowed('CreateApprovedPurchaseOrder'),
		allowed('CreateSentQuote'),
		allowed('CreateRepeatingInvoice'),
		allowed('CreateRepeatingBill'),
		allowed('CreateInvoicePayment'),
		allowed('AttachFilesIntoInvoice'),
		allowed('UseMulticurrency', hasCurrencies),
	];
}

function present({ organisation }: ApiCall) {
	const { periodLockDateMs, endOfYearLockDateMs } = organisation;
	return {
		Name: organisation.name,
		BaseCurrency: organisation.baseCurrency,
		CountryCode: organisation.country,
		...organisation.fields,
		...(periodLockDateMs !== undefined && { PeriodLockDate: msDateTime(periodLockDateMs) }),
		...(endOfYearLockDateMs !== undefined && {
			EndOfYearLockDate: msDateTime(endOfYearLockDateMs),
		}),
		CreatedDateUTC: msDateTimeBare(organisation.createdMs),
		OrganisationID: organisation.tenantId,
		Addresses: [],
		Phones: [],
		ExternalLinks: [],
		PaymentTerms: {},
	};
}
