import {
	answerOf,
	connectSandbox,
	messagesOf,
	salesInvoice,
	type Answer,
	type ConnectedSandbox,
} from '../connectedSandbox';
import { recordOf } from '../paidDocuments';
import type { Json, XeroRecord, XeroRecords } from '../XeroBody';
import { expectedAnswers } from './expectedAnswers';

type Row = keyof typeof expectedAnswers;
type Expected<Id extends Row> = (typeof expectedAnswers)[Id];

const scopes = [
	'openid',
	'offline_access',
	'accounting.contacts',
	'accounting.settings',
	'accounting.invoices',
	'accounting.payments',
	'accounting.banktransactions',
	'accounting.manualjournals',
];

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, scopes);
});
afterEach(async () => {
	await sandbox.setFaults({});
	await sandbox.setLimits({ minute: 1_000_000, day: 1_000_000, concurrent: 1_000 });
});
afterAll(() => sandbox.close());

/** A body as it is, in JSON unless a header says otherwise. */
async function send(
	method: string,
	path: string,
	body: string | undefined,
	headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
	return answerOf(
		await fetch(`${sandbox.url}/api.xro/2.0${path}`, {
			method,
			headers: {
				authorization: `Bearer ${sandbox.tokens.access_token}`,
				'xero-tenant-id': sandbox.tenantId,
				accept: 'application/json',
				'content-type': 'application/json',
				...headers,
			},
			...(body !== undefined && { body }),
		}),
	);
}

const xml = { accept: 'application/xml', 'content-type': 'application/xml' };
const where = (text: string) => `where=${encodeURIComponent(text)}`;
const line = (changes: Json = {}): Json => ({
	Description: 'Paper',
	Quantity: 1,
	UnitAmount: 100,
	AccountCode: '200',
	...changes,
});
const put = async (collection: string, element: Json) =>
	await sandbox.put(`/${collection}`, { [collection]: [element] });
const invoice = async (changes: Json = {}) =>
	recordOf(await put('Invoices', salesInvoice(changes)), 'Invoices');
const contact = async (changes: Json) => recordOf(await put('Contacts', changes), 'Contacts');
const refusalOf = async (LineItems: readonly Json[], changes: Json = {}) =>
	messagesOf(await put('Invoices', salesInvoice({ LineItems, ...changes })));
const quote = (changes: Json = {}): Json => ({
	Contact: { Name: 'Ridgeway Trading' },
	Date: '2026-11-01',
	LineItems: [line({ TaxType: 'OUTPUT2' })],
	...changes,
});
const sumOf = (lines: readonly XeroRecord[]) =>
	lines.reduce((sum, { LineAmount }) => sum + Number(LineAmount), 0);
const matchAll = (text: string, patterns: readonly RegExp[]) => {
	for (const pattern of patterns) expect(text).toMatch(pattern);
};

let batches = 0;
/** Four contacts, the third of which is bad; `saved` are the numbers of those that Xero has then. */
async function batchWith(bad: Json, query = '') {
	const batch = `Batch ${(batches += 1)}`;
	const named = (number: number) => ({ Name: `${batch} ${number}` });
	const answer = await sandbox.post(`/Contacts${query}`, {
		Contacts: [named(1), named(2), bad, named(4)],
	});
	const held = await sandbox.get(`/Contacts?${where(`Name.StartsWith("${batch} ")`)}&order=Name`);
	const saved = held.json['Contacts'].map(({ Name }) => String(Name).replace(`${batch} `, ''));
	return { answer, saved };
}

const tests: { readonly [Id in Row]: (expected: Expected<Id>) => Promise<void> } = {
	async oneOfSeveralIsBad({ refused, reportedForEach, saved }) {
		const nameless = { EmailAddress: 'nobody@nowhere.example' };

		const whole = await batchWith(nameless);
		const each = await batchWith(nameless, '?summarizeErrors=false');

		expect([whole.answer.status, each.answer.status]).toEqual([refused, reportedForEach]);
		expect([whole.saved, each.saved]).toEqual([saved, saved]);
	},

	async refusedAsAWhole({ status, saved }) {
		const unknown = { ContactID: '11111111-1111-4111-8111-111111111111', Name: 'X' };
		for (const [refusedBatchSaves, names] of Object.entries(saved)) {
			await sandbox.setFaults({ refusedBatchSaves });

			const sent = await batchWith(unknown, '?summarizeErrors=false');

			expect(sent.answer.status).toBe(status);
			expect(sent.saved).toEqual(names);
		}
	},

	async paymentOfDraft({ refused, reportedForEach, messages }) {
		const { InvoiceID } = await invoice({ Status: 'DRAFT' });
		const payment = { Invoice: { InvoiceID }, Account: { Code: '090' }, Amount: 10 };
		const pay = async (query: string) => await sandbox.put(`/Payments${query}`, payment);

		const whole = await pay('');
		const each = await pay('?summarizeErrors=false');

		expect([whole.status, each.status]).toEqual([refused, reportedForEach]);
		expect([messagesOf(whole), messagesOf(each)]).toEqual([messages, messages]);
		expect(each.json['Payments']).toMatchObject([{ HasValidationErrors: true }]);
		expect(await sandbox.get(`/Invoices/${InvoiceID}`)).toMatchObject({
			json: { Invoices: [{ Payments: [] }] },
		});
	},

	async totalsThatAreNotOfTheLines({ subTotal, total }) {
		const documents: readonly [string, Json][] = [
			['Invoices', salesInvoice()],
			['Invoices', salesInvoice({ Type: 'ACCPAY' })],
			['CreditNotes', { ...salesInvoice(), Type: 'ACCRECCREDIT' }],
			['Quotes', quote()],
			['PurchaseOrders', { Contact: { Name: 'Ridgeway Trading' }, LineItems: [line()] }],
			[
				'BankTransactions',
				{ ...quote(), Type: 'RECEIVE', BankAccount: { Code: '090' }, LineItems: [line()] },
			],
		];
		await put('Contacts', { Name: 'Ridgeway Trading' });
		for (const [collection, document] of documents) {
			const refusals = async (totals: Json) =>
				messagesOf(await put(collection, { ...document, ...totals }));
			const { SubTotal, Total } = recordOf(await put(collection, document), collection);

			expect(await refusals({ SubTotal: SubTotal + 1, Total })).toEqual(subTotal);
			expect(await refusals({ SubTotal, Total: Total + 0.01 })).toEqual(total);
			expect(await refusals({ SubTotal, Total })).toEqual([]);
		}
	},

	async taxOfBankTransactionLine({ messages }) {
		const spend = async (TaxAmount: number) =>
			await put('BankTransactions', {
				Type: 'SPEND',
				Contact: { Name: 'Ridgeway Trading' },
				BankAccount: { Code: '090' },
				LineItems: [line({ AccountCode: '453', TaxType: 'INPUT2', UnitAmount: 348.53, TaxAmount })],
			});

		expect(messagesOf(await spend(52.23))).toEqual(messages);
		expect((await spend(52.28)).status).toBe(200);
	},

	async memberNamesInAnotherCase({ read }) {
		const lineItem = { description: 'Paper', quantity: 1, unitAmount: 100, accountCode: '200' };
		const body = {
			...salesInvoice({ LineItems: undefined }),
			Lineitems: [{ ...lineItem, taxAmount: 15 }],
		};

		expect(recordOf(await put('Invoices', body), 'Invoices')).toMatchObject(read);
		await sandbox.setFaults({ namesInAnyCase: false });
		expect(messagesOf(await put('Invoices', body))).toEqual([
			'One or more line items must be specified',
		]);
	},

	async emptyTextForANumber({ read }) {
		const body = salesInvoice({ LineItems: [line({ Quantity: '', DiscountRate: '' })] });

		expect(recordOf(await put('Invoices', body), 'Invoices').LineItems).toMatchObject([read]);
		await sandbox.setFaults({ emptyNumbersAreAbsent: false });
		expect((await put('Invoices', body)).json).toMatchObject({
			ErrorNumber: 14,
			Message: expect.stringContaining("Path 'Invoices[0].LineItems[0].Quantity'"),
		});
	},

	async unreadableBody({ status, json, choice, guid, number, broken }) {
		const journal = { Narration: 'N', LineAmountTypes: 'NO_TAX', JournalLines: [] };
		const good = salesInvoice({ Reference: 'Beside what is unreadable' });
		const bodies: readonly [string, string, readonly string[]][] = [
			['ManualJournals', JSON.stringify({ ManualJournals: [journal] }), choice],
			['Invoices', JSON.stringify({ Invoices: [{ InvoiceID: '4ec1e59b' }, good] }), guid],
			[
				'Invoices',
				JSON.stringify({
					Invoices: [salesInvoice({ LineItems: [line({ UnitAmount: 'lots' })] }), good],
				}),
				number,
			],
			['Invoices', '{"Invoices":[', broken],
		];
		for (const [collection, body, texts] of bodies) {
			for (const query of ['', '?summarizeErrors=false']) {
				const answer = await send('PUT', `/${collection}${query}`, body);

				expect(answer).toMatchObject({ status, json });
				for (const text of texts) expect(answer.json['Message']).toContain(text);
			}
		}
		const saved = await sandbox.get(`/Invoices?${where('Reference=="Beside what is unreadable"')}`);
		expect(saved.json['Invoices']).toEqual([]);
	},

	async xml({ contentType, saved, refused, unreadable }) {
		const body = (changes: string) =>
			`<?xml version="1.0"?><Invoices><Invoice><Type>ACCREC</Type>${changes}<Contact><Name>Ridgeway Trading</Name></Contact><Date>2026-11-01</Date><DueDate>2026-11-30T00:00:00</DueDate><LineItems><LineItem><Description>Paper &amp; ink</Description><Quantity>1.0000</Quantity><UnitAmount>100</UnitAmount><AccountCode>200</AccountCode><Tracking><TrackingCategory><Name>Region</Name><Option>North</Option></TrackingCategory></Tracking></LineItem></LineItems></Invoice></Invoices>`;
		const write = async (text: string, accept = xml.accept) =>
			await send('PUT', '/Invoices', text, { ...xml, accept });

		const made = await write(body('<Status>AUTHORISED</Status>'));
		const inJson = await write(body(''), 'application/json');
		const bad = await write(body('<Status>PAID</Status>'));

		expect(made.status).toBe(200);
		expect(made.headers.get('content-type')).toContain(contentType);
		matchAll(made.text, saved);
		expect(made.text).not.toContain('/Date(');
		expect(recordOf(inJson, 'Invoices')).toMatchObject({ Status: 'DRAFT', Total: 115 });
		expect(bad.status).toBe(400);
		matchAll(bad.text, refused);
		const bodies = [
			body('<InvoiceID></InvoiceID>'),
			body('<FullyPaidOnDate>2017-12-14 00:00:00</FullyPaidOnDate>'),
			'<Invoices><Invoice>',
		];
		for (const [index, patterns] of unreadable.entries()) {
			const answer = await write(bodies[index] as string);
			expect(answer.status).toBe(400);
			matchAll(answer.text, patterns);
		}
	},

	async methodThatTheEndpointHasNot({ status, json, xml: recorded }) {
		expect(await send('DELETE', '/Invoices', undefined)).toMatchObject({ status, json });
		expect(await send('PATCH', '/Contacts', '{}')).toMatchObject({ status, json });
		expect((await send('DELETE', '/Invoices', undefined, xml)).text).toMatch(recorded);
	},

	async discountOfALineWithoutAmount({ nothing, tooMuch }) {
		const positive = line({ UnitAmount: 500 });
		const refusal = async (changes: Json) => await refusalOf([positive, line(changes)]);

		expect(await refusal({ UnitAmount: -10, DiscountAmount: 0 })).toEqual(nothing);
		expect(await refusal({ UnitAmount: 0, DiscountAmount: 0 })).toEqual(nothing);
		expect(await refusal({ UnitAmount: -10, DiscountAmount: 20 })).toEqual([
			expect.stringMatching(tooMuch),
		]);
		expect(await refusal({ DiscountAmount: 100.01 })).toEqual([expect.stringMatching(tooMuch)]);
		expect(await refusal({ DiscountAmount: 0 })).toEqual([]);
		expect(await refusal({ DiscountAmount: 100 })).toEqual([]);
		expect(await refusal({ UnitAmount: -10 })).toEqual([]);
	},

	async lineThatIsWhollyDiscounted({ answered, messages }) {
		const { InvoiceID, LineItems } = await invoice({
			LineItems: [line({ UnitAmount: 795, DiscountRate: 100 }), line()],
		});
		const change = async (lines: unknown) =>
			messagesOf(await sandbox.post(`/Invoices/${InvoiceID}`, { LineItems: lines }));

		expect(LineItems[0]).toMatchObject(answered);
		expect(await change(LineItems)).toEqual(messages);
		expect(await change(LineItems.map((line) => ({ ...line, LineAmount: undefined })))).toEqual([]);
	},

	async addedLines({ order }) {
		const documents: readonly [string, string, Json][] = [
			['Invoices', 'InvoiceID', salesInvoice()],
			['Quotes', 'QuoteID', quote()],
			['CreditNotes', 'CreditNoteID', { ...salesInvoice(), Type: 'ACCRECCREDIT' }],
		];
		for (const [collection, id, document] of documents) {
			const LineItems = [line({ Description: 'kept' })];
			const made = recordOf(await put(collection, { ...document, LineItems }), collection);
			const { LineItemID } = made.LineItems[0];

			const answer = await sandbox.post(`/${collection}/${String(made[id])}`, {
				...document,
				LineItems: [{ LineItemID }, line({ Description: 'added' })],
			});

			const lines = recordOf(answer, collection).LineItems;
			expect(lines.map(({ Description }) => Description)).toEqual(order);
			expect(lines[1].LineItemID).toBe(LineItemID);
		}
	},

	async inclusiveQuoteReadBack({ total, linesWithTax, linesWithoutTax, totalOnceSentBack }) {
		const document = quote({
			LineAmountTypes: 'INCLUSIVE',
			LineItems: [line({ UnitAmount: 1265, TaxType: 'OUTPUT2' })],
		});
		const made = recordOf(await put('Quotes', document), 'Quotes');
		const address = `/Quotes/${String(made['QuoteID'])}`;
		const read = async () => recordOf(await sandbox.get(address), 'Quotes');

		const usual = await read();
		await sandbox.setFaults({ quotes: { answersLinesWithoutTax: true } });
		const other = await read();
		const sentBack = await sandbox.post(address, { ...document, LineItems: other.LineItems });

		expect([usual.Total, sumOf(usual.LineItems)]).toEqual([total, linesWithTax]);
		expect([other.Total, sumOf(other.LineItems)]).toEqual([total, linesWithoutTax]);
		expect(recordOf(sentBack, 'Quotes').Total).toBe(totalOnceSentBack);
	},

	async namesOfContacts({ message }) {
		await contact({ Name: 'Ann Lee' });
		const again = async (Name: string) => await put('Contacts', { Name });

		expect(messagesOf(await again('ANN LEE'))[0]).toMatch(message);
		expect(messagesOf(await again('Ann  Lee'))[0]).toMatch(message);
		await sandbox.setFaults({ foldsInnerBlanks: false });
		expect(messagesOf(await again('ANN LEE'))[0]).toMatch(message);
		expect((await again('Ann  Lee')).status).toBe(200);
		const both = await sandbox.get(`/Contacts?${where('Name.StartsWith("Ann ")')}`);
		expect(both.json['Contacts'].map(({ Name }) => Name).sort()).toEqual(['Ann  Lee', 'Ann Lee']);
	},

	async accountNumberTaken({ messages }) {
		const first = await contact({ Name: 'First of number', AccountNumber: 'AC-1' });
		const second = { Name: 'Second of number', AccountNumber: 'ac-1' };

		expect(messagesOf(await put('Contacts', second))).toEqual(messages);
		const kept = { ContactID: first.ContactID, AccountNumber: 'AC-1', FirstName: 'F' };
		expect((await sandbox.post('/Contacts', kept)).status).toBe(200);
	},

	async invoiceForArchivedContact({ messages }) {
		const { ContactID } = await contact({ Name: 'Archived customer' });
		await sandbox.post('/Contacts', { ContactID, ContactStatus: 'ARCHIVED' });

		const answer = await put('Invoices', salesInvoice({ Contact: { ContactID } }));

		expect(messagesOf(answer)).toEqual(messages);
	},

	async unknownTaxType({ second }) {
		expect(await refusalOf([line({ TaxType: 'NOPE' })])).toEqual([
			expect.stringContaining('cannot be used with account code'),
			expect.stringMatching(second),
		]);
	},

	async malformedTrackingId({ status, json }) {
		const Tracking = [{ TrackingOptionID: '4ec1e59b-60c0-4b5c-b173-e53e46c3' }];
		const bad = salesInvoice({ LineItems: [line({ Tracking })] });
		const Reference = 'Beside a malformed id';

		const answer = await sandbox.put('/Invoices?summarizeErrors=false', {
			Invoices: [salesInvoice({ Reference }), bad],
		});

		expect(answer).toMatchObject({ status, json });
		const saved = await sandbox.get(`/Invoices?${where(`Reference=="${Reference}"`)}`);
		expect(saved.json['Invoices']).toEqual([]);
	},

	async savedWithoutAnId({ ids }) {
		for (const [as, id] of Object.entries(ids)) {
			const Name = `Saved with an id that is ${as}`;
			await sandbox.setFaults({ answersWithoutIds: { path: '/Contacts', as } });

			const answer = await send('PUT', '/Contacts', JSON.stringify({ Name }));

			expect(answer.json['Contacts'][0].ContactID).toBe(id);
			const saved = await sandbox.get(`/Contacts?${where(`Name=="${Name}"`)}`);
			expect(saved.json['Contacts']).toHaveLength(1);
		}
	},

	async textInWhere({ refusal, message }) {
		await contact({ Name: 'The "Best" of \\ all' });
		const find = async (text: string) => await sandbox.get(`/Contacts?${where(`Name=="${text}"`)}`);
		const doubled = 'The ""Best"" of \\ all';

		expect((await find(doubled)).json['Contacts']).toHaveLength(1);
		expect((await find('The \\"Best\\" of \\ all')).json).toMatchObject({
			...refusal,
			Message: expect.stringMatching(message),
		});
		await sandbox.setFaults({ doublesQuotes: false });
		expect((await find(doubled)).json).toMatchObject(refusal);
	},

	async textsOfWhereErrors({ ofType, ofName }) {
		const errorOf = async (path: string, text: string) =>
			(await sandbox.get(`/${path}?${where(text)}`)).json['Message'];

		expect(await errorOf('Invoices', 'Date > "2026-01-01"')).toBe(ofType);
		expect(await errorOf('Contacts', 'UpdatedDateUTC > "2026-01-01"')).toBe(ofType);
		expect(await errorOf('Contacts', 'Organisation == "x"')).toBe(ofName);
		expect(await errorOf('Invoices', 'Contact.Organisation == "x"')).toBe(ofName);
	},

	async idsThatAreNoGuids({ status, contentType, text }) {
		for (const collection of ['Contacts', 'Invoices']) {
			const answer = await sandbox.get(`/${collection}?IDs=${sandbox.tenantId},12345`);

			expect(answer).toMatchObject({ status, text });
			expect(answer.headers.get('content-type')).toContain(contentType);
		}
	},

	async longAddress({ longest, status, contentType }) {
		const before = 'https://api.xero.com/api.xro/2.0';
		const path = '/Contacts?searchTerm=';
		const address = `${path}${'x'.repeat(longest - before.length - path.length)}`;

		const refused = await sandbox.get(`${address}x`);

		expect((await sandbox.get(address)).status).toBe(200);
		expect(refused.status).toBe(status);
		expect(refused.headers.get('content-type')).toContain(contentType);
	},

	async pagingOfManualJournalsInOrder() {
		const journals = Array.from({ length: 3 }, (_, index) => ({
			Narration: `Journal ${index}`,
			Date: '2026-11-01',
			JournalLines: [
				{ LineAmount: 10, AccountCode: '200' },
				{ LineAmount: -10, AccountCode: '453' },
			],
		}));
		await sandbox.put('/ManualJournals', { ManualJournals: journals });
		const page = async (query: string) =>
			(
				(await sandbox.get(`/ManualJournals?pageSize=2&${query}`)).json[
					'ManualJournals'
				] as XeroRecords
			).length;

		expect(await page('page=1&order=Date')).toBe(3);
		expect(await page('page=2&order=Date')).toBe(3);
		expect(await page('page=1')).toBe(2);
		expect(await page('page=2')).toBe(1);
	},

	async stampAhead({ hours }) {
		await sandbox.setFaults({ stampAheadSeconds: hours * 3_600 });
		const stamped = await contact({ Name: 'Stamped ahead' });

		const { json } = await sandbox.get(`/Contacts/${stamped.ContactID}`);

		const time = (stamp: unknown) => Number(/\d+/.exec(String(stamp))?.[0]);
		const aheadMs = time(json['Contacts'][0].UpdatedDateUTC) - time(json['DateTimeUTC']);
		expect(aheadMs / 3_600_000).toBeCloseTo(hours, 1);
	},

	async archivedContactsInLists() {
		const { ContactID } = await contact({ Name: 'To be archived' });
		await sandbox.post('/Contacts', { ContactID, ContactStatus: 'ARCHIVED' });
		const since = { 'if-modified-since': '2020-01-01T00:00:00' };
		const idsOf = async (query: string) =>
			(await sandbox.get(`/Contacts?page=1&pageSize=1000${query}`, since)).json['Contacts'].map(
				(one) => one.ContactID,
			);

		expect(await idsOf('')).not.toContain(ContactID);
		expect(await idsOf('&includeArchived=true')).toContain(ContactID);

		const from = (await contact({ Name: 'To be merged' })).ContactID;
		const into = (await contact({ Name: 'Merged into' })).ContactID;
		const merged = await fetch(`${sandbox.url}/_sandbox/organisations/${sandbox.tenantId}/merges`, {
			method: 'POST',
			body: JSON.stringify({ from, into }),
		});
		expect(merged.ok).toBe(true);
		expect(await idsOf('')).not.toContain(from);
		expect(await idsOf('&includeArchived=true')).toEqual(expect.arrayContaining([from, into]));
	},

	async retryAfter({ headers }) {
		await sandbox.setLimits({ minute: 1 });
		await sandbox.setFaults({ retryAfterSeconds: 40_000 });
		await sandbox.get('/Organisation');

		const answer = await sandbox.get('/Organisation');

		expect(answer.status).toBe(429);
		for (const [name, value] of Object.entries(headers)) {
			expect(answer.headers.get(name)).toBe(value);
		}
	},
};

const rows = Object.keys(expectedAnswers) as Row[];

it.each(rows)('%s: the sandbox answers as Xero was reported to', async (row) => {
	await (tests[row] as (expected: unknown) => Promise<void>)(expectedAnswers[row]);
});

it('every expected answer names its source and has a test', () => {
	expect(Object.keys(tests).sort()).toEqual([...rows].sort());
	for (const { source, evidence } of Object.values(expectedAnswers)) {
		expect(source).not.toBe('');
		expect(['A', 'B', 'C']).toContain(evidence);
	}
});
