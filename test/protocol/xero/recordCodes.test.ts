import { withCodes, type CodedKind, type RecordCode } from '../../../hub-server/protocol/xero';

/** All codes of a record, as they were asked for. */
function codesIn(record: Readonly<Record<string, unknown>>, kind: CodedKind = {}): RecordCode[] {
	const codes: RecordCode[] = [];
	withCodes(record, kind, (code) => void codes.push(code));
	return codes;
}

const invoice = {
	Type: 'ACCREC',
	Contact: { Name: 'Ridgeway' },
	LineItems: [
		{ AccountCode: 'food', TaxType: 'VAT20', ItemCode: 'tea', Quantity: 1 },
		{ AccountCode: 4000, Tracking: [{ Name: 'Team', Option: 'Blue' }, 'EMEA'] },
	],
};

it('finds the codes of lines, with the line and the side of the document', () => {
	expect(codesIn(invoice)).toEqual([
		{ kind: 'account', key: 'food', direction: 'sales', place: 'line 1' },
		{ kind: 'tax_rate', key: 'VAT20', direction: 'sales', place: 'line 1' },
		{ kind: 'item', key: 'tea', place: 'line 1' },
		{ kind: 'account', key: '4000', direction: 'sales', place: 'line 2' },
		{ kind: 'tracking', key: 'Team: Blue', place: 'line 2' },
		{ kind: 'tracking', key: 'EMEA', place: 'line 2' },
	]);
});

it.each([
	['ACCPAY', 'purchases'],
	['ACCPAYCREDIT', 'purchases'],
	['ACCRECCREDIT', 'sales'],
	['SPEND-PREPAYMENT', 'purchases'],
	['RECEIVE', 'sales'],
	[undefined, undefined],
])('takes %s for %s', (Type, direction) => {
	expect(codesIn({ Type, LineItems: [{ TaxType: 'x' }] })).toMatchObject([
		direction === undefined ? { kind: 'tax_rate' } : { direction },
	]);
});

it('puts Xero’s values in their places, and leaves everything else', () => {
	const values = { food: '200', VAT20: 'OUTPUT2', tea: 'TEA-1' } as Record<string, string>;

	expect(withCodes(invoice, {}, ({ key }) => values[key])).toEqual({
		...invoice,
		LineItems: [
			{ AccountCode: '200', TaxType: 'OUTPUT2', ItemCode: 'TEA-1', Quantity: 1 },
			invoice.LineItems[1],
		],
	});
});

it('names a tracking option by category and option', () => {
	const mapped = withCodes({ LineItems: [{ Tracking: ['EMEA'] }] }, {}, () => ({
		category: 'Region',
		option: 'North',
	}));

	expect(mapped).toEqual({ LineItems: [{ Tracking: [{ Name: 'Region', Option: 'North' }] }] });
});

it.each([
	['5690f1e8-1d02-4893-90c2-ee1a69eff942', 'AccountID'],
	['090', 'Code'],
])('the account of a payment may be mapped to %s, its %s', (value, member) => {
	const payment = { Account: { Code: 'card' }, Amount: 1 };

	expect(withCodes(payment, { isPayment: true }, () => value)).toEqual({
		Account: { [member]: value },
		Amount: 1,
	});
});

it('an account that is picked by its id is Xero’s already', () => {
	expect(codesIn({ Account: { AccountID: 'x' } }, { isPayment: true })).toEqual([]);
});

it('the sides of an item and the defaults of a contact say their direction', () => {
	const sides = codesIn({
		SalesDetails: { TaxType: 's' },
		PurchaseDetails: { TaxType: 'p', COGSAccountCode: 'c' },
		AccountsReceivableTaxType: 'r',
		AccountsPayableTaxType: 'q',
	}).map(({ key, direction }) => [key, direction]);

	expect(sides).toEqual([
		['s', 'sales'],
		['p', 'purchases'],
		['c', 'purchases'],
		['r', 'sales'],
		['q', 'purchases'],
	]);
});

it('a tax rate’s own TaxType is its id, and blanks are no codes', () => {
	expect(codesIn({ TaxType: 'OUTPUT2' }, { isTaxRate: true })).toEqual([]);
	expect(codesIn({ LineItems: [{ AccountCode: ' ', TaxType: null, Tracking: null }] })).toEqual([]);
});
