import fc from 'fast-check';
import { faultOfCall } from '../../../../hub-server/src/xero/api/writePolicy';

const ID = '12121212-1212-4212-8212-121212121212';

function judge(
	text: string | undefined,
	{
		method = 'POST',
		path = '/api.xro/2.0/Invoices',
		headers = { 'content-type': 'application/json' },
	}: { method?: string; path?: string; headers?: Record<string, string> } = {},
) {
	const body = text === undefined ? undefined : Buffer.from(text);
	return faultOfCall('drafts', { method, path, headers, body });
}
const draft = { Type: 'ACCREC', Contact: { Name: 'Ann' }, Status: 'DRAFT' };
const json = (value: unknown) => JSON.stringify(value);
const XML = { headers: { 'content-type': 'text/xml; charset=utf-8' } };

describe('an organisation into which automation writes drafts only', () => {
	it.each([
		['a list of one', json({ Invoices: [draft] })],
		['a bare document', json(draft)],
		['one that is submitted', json({ Invoices: [{ ...draft, Status: 'SUBMITTED' }] })],
		['one that is not sent', json({ Invoices: [{ ...draft, SentToContact: false }] })],
	])('takes %s', (_what, body) => {
		expect(judge(body)).toBeUndefined();
		expect(judge(body, { method: 'PUT' })).toBeUndefined();
		expect(judge(body, { path: `/api.xro/2.0/Invoices/${ID}` })).toBeUndefined();
	});

	it.each(['CreditNotes', 'Quotes', 'PurchaseOrders'])('takes drafts of %s', (collection) => {
		const path = `/api.xro/2.0/${collection}`;

		expect(judge(json({ [collection]: [{ Status: 'DRAFT' }] }), { path })).toBeUndefined();
		expect(judge(json({ [collection]: [{ Status: 'AUTHORISED' }] }), { path })).toContain('DRAFT');
	});

	it.each([
		['that is approved', json({ Invoices: [{ ...draft, Status: 'AUTHORISED' }] })],
		['approved among drafts', json({ Invoices: [draft, { ...draft, Status: 'AUTHORISED' }] })],
		['that is voided', json({ Status: 'VOIDED' })],
		['that is deleted', json({ Status: 'DELETED' })],
		['without a status', json({ Type: 'ACCREC' })],
		['with a status in another case', json({ Status: 'draft' })],
		['with a status in a list', json({ Status: ['DRAFT'] })],
		['with the member in another case', json({ status: 'DRAFT' })],
		['with the member twice, in two cases', '{"Status":"DRAFT","status":"AUTHORISED"}'],
		['with the member twice', '{"Status":"AUTHORISED","Status":"DRAFT"}'],
		['with the member twice, once escaped', '{"Status":"DRAFT","St\\u0061tus":"AUTHORISED"}'],
		['with two lists', '{"Invoices":[{"Status":"DRAFT"}],"invoices":[{"Status":"AUTHORISED"}]}'],
		['beside a list', '{"Status":"DRAFT","Invoices":[{"Status":"AUTHORISED"}]}'],
		['beside a single one', '{"Status":"DRAFT","Invoice":{"Status":"AUTHORISED"}}'],
		['in a bare list', json([draft])],
		['in an empty list', json({ Invoices: [] })],
		['with a payment', json({ ...draft, Payments: [{ Amount: 1 }] })],
		['that says it was sent', json({ ...draft, SentToContact: true })],
		['with bank details', json({ ...draft, Contact: { Name: 'A', BankAccountDetails: '1' } })],
		['that is no JSON', '{"Status":"DRAFT"'],
		['that is not there', undefined],
		['with a mark at its beginning', `\ufeff${json(draft)}`],
	])('refuses a document %s, and says what to do', (_what, body) => {
		const fault = judge(body);

		expect(fault).toContain('Automation may only write drafts into this organisation');
		expect(fault).toContain('under Organisations');
	});

	it.each([
		['no type', {}],
		['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
		['a charset of its own', { 'content-type': 'application/json; charset=utf-7' }],
		['two types', { 'content-type': 'application/json, text/xml' }],
		['a coding', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
	])('refuses a draft with %s, which others may read as something else', (_what, headers) => {
		expect(judge(json(draft), { headers: headers })).toContain('cannot be read without doubt');
	});

	it.each([
		['DELETE', `/api.xro/2.0/Invoices/${ID}`],
		['POST', `/api.xro/2.0/Invoices/${ID}/Email`],
		['PUT', `/api.xro/2.0/Invoices/${ID}/Attachments/bill.pdf`],
		['PUT', `/api.xro/2.0/CreditNotes/${ID}/Allocations`],
		['POST', '/api.xro/2.0/invoices'],
		['POST', '/api.xro/2.0/Payments'],
		['POST', '/api.xro/2.0/BatchPayments'],
		['POST', '/api.xro/2.0/BankTransactions'],
		['POST', '/api.xro/2.0/Accounts'],
		['POST', '/bankfeeds.xro/1.0/Statements'],
		['POST', '/payroll.xro/2.0/Invoices'],
		['PATCH', '/api.xro/2.0/Invoices'],
	])('refuses %s %s', (method, path) => {
		expect(judge(json(draft), { method, path })).toContain(`${method} ${path}`);
	});

	it('reads what it likes', () => {
		expect(judge(undefined, { method: 'GET', path: '/api.xro/2.0/Payments' })).toBeUndefined();
	});

	it.each([
		[
			'make and change contacts',
			{ Contacts: [{ Name: 'Ann', EmailAddress: 'a@b.example' }] },
			true,
		],
		['change where money goes', { Contacts: [{ Name: 'Ann', BankAccountDetails: '1' }] }, false],
		['in any case', { Contacts: [{ Name: 'Ann', bankaccountdetails: '1' }] }, false],
		['archive them', { ContactID: ID, ContactStatus: 'ARCHIVED' }, false],
	])('contacts: whether it may %s', (_what, body, isAllowed) => {
		const fault = judge(json(body), { path: '/api.xro/2.0/Contacts' });

		expect(fault === undefined).toBe(isAllowed);
	});

	it.each([
		['<Invoices><Invoice><Status>DRAFT</Status></Invoice></Invoices>', true],
		[
			'<?xml version="1.0" encoding="utf-8"?>\n<Invoice>\n <Status>SUBMITTED</Status>\n</Invoice>',
			true,
		],
		[
			'<Invoice><Status>DRAFT</Status><LineItems><LineItem><Quantity>1</Quantity></LineItem><LineItem/></LineItems></Invoice>',
			true,
		],
		['<Invoice><Status>AUTHORISED</Status></Invoice>', false],
		['<Invoice><Type>ACCREC</Type></Invoice>', false],
		['<Invoice><Status>DRAFT</Status><Status>AUTHORISED</Status></Invoice>', false],
		['<Invoice><Status>DRAFT</Status><status>AUTHORISED</status></Invoice>', false],
		[
			'<Invoices><Invoice><Status>DRAFT</Status></Invoice><Invoice><Status>AUTHORISED</Status></Invoice></Invoices>',
			false,
		],
		['<Invoices><Invoice><Status>DRAFT</Status></Invoice><Other/></Invoices>', false],
		['<Invoice><Status><!-- -->DRAFT</Status></Invoice>', false],
		['<Invoice><Status><![CDATA[DRAFT]]></Status></Invoice>', false],
		['<Invoice><Status a="b">DRAFT</Status></Invoice>', false],
		['<Invoice xmlns:x="y"><x:Status>DRAFT</x:Status></Invoice>', false],
		['<!DOCTYPE a [<!ENTITY s "DRAFT">]><Invoice><Status>&s;</Status></Invoice>', false],
		[
			'<Invoice><Status>DRAFT</Status></Invoice><Invoice><Status>AUTHORISED</Status></Invoice>',
			false,
		],
		['<Invoice><Status>DRAFT</Invoice></Status>', false],
		[
			'<Invoice><Status>DRAFT</Status><Contact><BankAccountDetails>1</BankAccountDetails></Contact></Invoice>',
			false,
		],
		['<Invoice><Status>DRAFT</Status><Payments><Payment/></Payments></Invoice>', false],
	])('XML: %s', (body, isAllowed) => {
		expect(judge(body, XML) === undefined).toBe(isAllowed);
	});

	it('lets nothing pass that JSON reads as approved', () => {
		const statuses = fc.constantFrom('DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'Draft');
		const documents = fc.array(fc.record({ Status: statuses, Reference: fc.string() }), {
			minLength: 1,
		});
		fc.assert(
			fc.property(documents, (all) => {
				const isAllowed = all.every(({ Status }) => ['DRAFT', 'SUBMITTED'].includes(Status));
				expect(judge(json({ Invoices: all })) === undefined).toBe(isAllowed);
			}),
		);
	});
});

describe('an organisation into which automation writes nothing', () => {
	it('is read and not written', () => {
		const call = { path: '/api.xro/2.0/Contacts', headers: {}, body: undefined };

		expect(faultOfCall('none', { ...call, method: 'GET' })).toBeUndefined();
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
			expect(faultOfCall('none', { ...call, method })).toContain('may write nothing');
		}
	});
});
