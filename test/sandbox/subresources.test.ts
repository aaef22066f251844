import { answerOf, connectSandbox, salesInvoice, type ConnectedSandbox } from './connectedSandbox';
import type { Json, XeroBody, XeroRecord, XeroRecords } from './XeroBody';

let sandbox: ConnectedSandbox;
let invoice: XeroRecord;
const scopes = ['accounting.contacts', 'accounting.invoices', 'accounting.attachments'];

beforeAll(async () => {
	sandbox = await connectSandbox();
	const tokens = await sandbox.authorise(sandbox.app, { scopes });
	const get: ConnectedSandbox['get'] = async (below, headers) =>
		await answerOf(
			await sandbox.call(
				tokens,
				sandbox.tenantId,
				'GET',
				`/api.xro/2.0${below}`,
				undefined,
				headers,
			),
		);
	sandbox = { ...sandbox, tokens, get };
});
beforeEach(async () => {
	const saved = await sandbox.put('/Invoices', {
		Invoices: [
			salesInvoice({ Contact: { Name: 'Ridgeway Trading', EmailAddress: 'pay@example.com' } }),
		],
	});
	invoice = saved.json['Invoices']?.[0];
});
afterAll(() => sandbox.close());

const path = (below: string) => `/Invoices/${invoice['InvoiceID']}/${below}`;

async function upload(name: string, bytes: Buffer, query = '') {
	const response = await fetch(
		`${sandbox.url}/api.xro/2.0${path(`Attachments/${encodeURIComponent(name)}${query}`)}`,
		{
			method: 'PUT',
			headers: {
				authorization: `Bearer ${sandbox.tokens.access_token}`,
				accept: 'application/json',
				'xero-tenant-id': sandbox.tenantId,
				'content-type': 'application/pdf',
			},
			body: new Uint8Array(bytes),
		},
	);
	return await answerOf(response);
}

describe('history', () => {
	it('tells what was done to a record, newest first, and takes notes', async () => {
		const noted = await sandbox.put(path('History'), {
			HistoryRecords: [{ Details: 'Called, will pay on Friday' }],
		});
		const { json } = await sandbox.get(path('History'));

		expect(noted.json['HistoryRecords']).toMatchObject([
			{ Changes: 'Note', Details: 'Called, will pay on Friday', User: 'System Generated' },
		]);
		expect((json['HistoryRecords'] as XeroRecords).map(({ Changes }) => Changes)).toEqual([
			'Note',
			'Created',
		]);
	});

	it('refuses a note of more than 2,500 characters', async () => {
		const answer = await sandbox.put(path('History'), {
			HistoryRecords: [{ Details: 'x'.repeat(2_501) }],
		});

		expect(answer.status).toBe(400);
	});

	it('is not there for a record that is not there', async () => {
		const answer = await sandbox.get('/Invoices/11111111-2222-4333-8444-555555555555/History');

		expect(answer.status).toBe(404);
	});
});

describe('attachments', () => {
	it('keeps the bytes, and gives them back by name and by id', async () => {
		const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff]);
		const saved = await upload('Bill Nº 7.pdf', bytes, '?IncludeOnline=true');
		const [file] = saved.json['Attachments'] as XeroRecords;

		const listed = await sandbox.get(path('Attachments'));
		const response = await sandbox.call(
			sandbox.tokens,
			sandbox.tenantId,
			'GET',
			`/api.xro/2.0${path(`Attachments/${String(file['AttachmentID'])}`)}`,
		);

		expect(file).toMatchObject({
			FileName: 'Bill Nº 7.pdf',
			MimeType: 'application/pdf',
			ContentLength: 6,
			IncludeOnline: true,
		});
		expect(listed.json['Attachments']).toEqual(saved.json['Attachments']);
		expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
		expect(response.headers.get('content-type')).toBe('application/pdf');
	});

	it.each<[string, string, Json]>([
		['Contacts', 'ContactID', { Name: 'With a file' }],
		['CreditNotes', 'CreditNoteID', { Type: 'ACCRECCREDIT', Contact: { Name: 'With a note' } }],
		['PurchaseOrders', 'PurchaseOrderID', { Contact: { Name: 'Ridgeway Trading' } }],
		[
			'RepeatingInvoices',
			'RepeatingInvoiceID',
			{
				Type: 'ACCREC',
				Contact: { Name: 'Ridgeway Trading' },
				Schedule: {
					Period: 1,
					Unit: 'MONTHLY',
					DueDate: 10,
					DueDateType: 'OFFOLLOWINGMONTH',
					StartDate: '2026-12-01',
				},
			},
		],
	])('are announced by the record: %s', async (collection, idField, fields) => {
		const LineItems = [{ Description: 'Goods', UnitAmount: 1 }];
		const made = await sandbox.put(`/${collection}`, {
			[collection]: [collection === 'Contacts' ? fields : { ...fields, LineItems }],
		});
		const id = String((made.json[collection] as XeroRecords)[0][idField]);
		const announced = async () =>
			((await sandbox.get(`/${collection}/${id}`)).json[collection] as XeroRecords)[0][
				'HasAttachments'
			];
		const before = await announced();

		await sandbox.call(
			sandbox.tokens,
			sandbox.tenantId,
			'PUT',
			`/api.xro/2.0/${collection}/${id}/Attachments/note.txt`,
			'bytes',
		);

		expect([before, await announced()]).toEqual([false, true]);
	});

	it('takes ten files, puts a new one in the place of one of its name, and refuses the eleventh', async () => {
		for (let file = 0; file < 10; file += 1) await upload(`${file}.pdf`, Buffer.from('x'));

		const again = await upload('3.pdf', Buffer.from('longer'));
		const eleventh = await upload('11.pdf', Buffer.from('x'));

		expect((again.json['Attachments'] as XeroRecords)[0]['ContentLength']).toBe(6);
		expect(eleventh.status).toBe(400);
		expect((await sandbox.get(path('Attachments'))).json['Attachments']).toHaveLength(10);
	});

	it.each(['a|b.pdf', 'a?.pdf', 'a:b.pdf'])('refuses the name %s', async (name) => {
		expect((await upload(name, Buffer.from('x'))).status).toBe(400);
	});
});

describe('an invoice', () => {
	it('is printed at its own address and below it', async () => {
		const accept = { accept: 'application/pdf' };
		const printed = await sandbox.get(path('pdf').replace('/pdf', ''), accept);
		const below = await sandbox.get(path('pdf'), accept);

		expect(printed.text).toMatch(/^%PDF-1\.4/);
		expect(below.text).toBe(printed.text);
	});

	it('is mailed when it is approved, to a contact with an address', async () => {
		const sent = await sandbox.post(path('Email'), {});
		const draft = await sandbox.put('/Invoices', { Invoices: [salesInvoice({ Status: 'DRAFT' })] });
		const refused = await sandbox.post(
			`/Invoices/${draft.json['Invoices'][0]['InvoiceID']}/Email`,
			{},
		);

		expect(sent.status).toBe(204);
		expect(sent.text).toBe('');
		expect((await sandbox.get(path('').slice(0, -1))).json['Invoices'][0]).toMatchObject({
			SentToContact: true,
		});
		expect(refused.status).toBe(400);
	});

	it('has an online address', async () => {
		const { json } = await sandbox.get(path('OnlineInvoice'));

		expect(json['OnlineInvoices']).toEqual([
			{ OnlineInvoiceUrl: expect.stringMatching(/^https:\/\/in\.xero\.com\//) },
		]);
	});
});

const groupIn = (json: XeroBody) => (json['ContactGroups'] as XeroRecords)[0];

describe('contact groups', () => {
	it('hold contacts, which come and go', async () => {
		const { json } = await sandbox.put('/ContactGroups', { ContactGroups: [{ Name: 'VIP' }] });
		const id = String(groupIn(json)['ContactGroupID']);
		const ContactID = invoice['Contact']['ContactID'];

		const added = await sandbox.put(`/ContactGroups/${id}/Contacts`, { Contacts: [{ ContactID }] });
		const held = await sandbox.get(`/ContactGroups/${id}`);
		const removed = await sandbox.call(
			sandbox.tokens,
			sandbox.tenantId,
			'DELETE',
			`/api.xro/2.0/ContactGroups/${id}/Contacts/${ContactID}`,
		);
		const empty = await sandbox.get(`/ContactGroups/${id}`);

		expect(added.json['Contacts']).toMatchObject([{ ContactID }]);
		expect(groupIn(held.json)['Contacts']).toMatchObject([{ ContactID }]);
		expect(removed.status).toBe(204);
		expect(groupIn(empty.json)['Contacts']).toEqual([]);
	});

	it('have names of their own', async () => {
		await sandbox.put('/ContactGroups', { ContactGroups: [{ Name: 'Only Once' }] });

		const again = await sandbox.put('/ContactGroups', { ContactGroups: [{ Name: 'only once' }] });

		expect(again.status).toBe(400);
		expect(again.json['Elements'][0]['ValidationErrors']).toEqual([
			{ Message: 'Please enter a unique Name.' },
		]);
	});
});
