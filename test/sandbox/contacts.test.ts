import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import type { Json, XeroRecord } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

const ZERO = '00000000-0000-0000-0000-000000000000';
const UNKNOWN = '11111111-1111-4111-8111-111111111111';

async function made(fields: Json): Promise<XeroRecord> {
	const answer = await sandbox.put('/Contacts', { Contacts: [fields] });
	if (answer.status !== 200) throw new Error(answer.text);
	return answer.json['Contacts'][0];
}

it('answers a new contact with its four phones, two addresses and Xero’s dates', async () => {
	const contact = await made({
		Name: 'Aroha Consulting',
		EmailAddress: 'hello@aroha.example',
		Phones: [{ PhoneType: 'MOBILE', PhoneNumber: '021 555' }],
	});

	expect(contact['Phones'].map(({ PhoneType }: XeroRecord) => PhoneType)).toEqual([
		'DDI',
		'DEFAULT',
		'FAX',
		'MOBILE',
	]);
	expect(contact['Phones'][3]?.PhoneNumber).toBe('021 555');
	expect(contact['Addresses'].map(({ AddressType }: XeroRecord) => AddressType)).toEqual([
		'STREET',
		'POBOX',
	]);
	expect(contact).toMatchObject({
		ContactStatus: 'ACTIVE',
		IsCustomer: false,
		IsSupplier: false,
		HasValidationErrors: false,
	});
	expect(contact['UpdatedDateUTC']).toMatch(/^\/Date\(\d+\+0000\)\/$/);
});

it('takes the collection key in any case, and one bare object', async () => {
	expect((await sandbox.put('/Contacts', { contacts: [{ Name: 'Lower Case' }] })).status).toBe(200);
	expect((await sandbox.put('/Contacts', { Name: 'Bare Object' })).status).toBe(200);
});

it.each([
	['an empty list', { Contacts: [] }],
	['nothing', undefined],
])('refuses %s as no data', async (_case, body) => {
	const answer = await sandbox.put('/Contacts', body);

	expect(answer).toMatchObject({
		status: 400,
		json: { Type: 'NoDataProcessedException', ErrorNumber: 17 },
	});
});

describe('names', () => {
	it('are unique among active contacts, without regard to case', async () => {
		await made({ Name: 'Buzz Lightyear' });

		const answer = await sandbox.put('/Contacts', {
			Contacts: [{ Name: 'BUZZ lightyear', AccountNumber: '7' }],
		});

		expect(answer.status).toBe(400);
		expect(answer.json).toMatchObject({
			ErrorNumber: 10,
			Type: 'ValidationException',
			Message: 'A validation exception occurred',
		});
		expect(answer.json['Elements'][0]).toMatchObject({
			ContactID: ZERO,
			Name: 'BUZZ lightyear',
			AccountNumber: '7',
			HasValidationErrors: true,
		});
		expect(messagesOf(answer)).toEqual([
			'The contact name BUZZ lightyear is already assigned to another contact. The contact name must be unique across all active contacts.',
		]);
	});

	it('are free again once their contact is archived', async () => {
		const { ContactID } = await made({ Name: 'Phoenix' });
		await sandbox.post('/Contacts', { Contacts: [{ ContactID, ContactStatus: 'ARCHIVED' }] });

		expect((await made({ Name: 'Phoenix' }))['ContactID']).not.toBe(ContactID);
	});

	it('cannot be taken over by renaming', async () => {
		await made({ Name: 'First Name' });
		const { ContactID } = await made({ Name: 'Second Name' });

		const answer = await sandbox.post('/Contacts', {
			Contacts: [{ ContactID, Name: 'First Name' }],
		});

		expect(messagesOf(answer)[0]).toMatch(/^The contact name First Name is already assigned/);
	});
});

describe('a POST', () => {
	it.each(['ContactID', 'ContactNumber', 'Name'])(
		'changes the contact it knows by %s, and keeps what is not sent',
		async (key) => {
			const before = await made({
				Name: `By ${key}`,
				ContactNumber: `N-${key}`,
				EmailAddress: 'a@b.example',
			});

			const answer = await sandbox.post('/Contacts', {
				Contacts: [{ [key]: before[key], FirstName: 'Changed' }],
			});

			expect(answer.json['Contacts'][0]).toMatchObject({
				ContactID: before['ContactID'],
				FirstName: 'Changed',
				EmailAddress: 'a@b.example',
			});
		},
	);

	it('creates the contact it does not know', async () => {
		expect(
			(await sandbox.post('/Contacts', { Contacts: [{ Name: 'Unheard Of' }] })).json['Contacts'][0]
				.ContactID,
		).not.toBe(ZERO);
	});

	it('to one contact changes that one', async () => {
		const { ContactID } = await made({ Name: 'One By Id' });

		expect(
			(await sandbox.post(`/Contacts/${ContactID}`, { Contacts: [{ LastName: 'Only' }] })).json[
				'Contacts'
			][0],
		).toMatchObject({ ContactID, Name: 'One By Id', LastName: 'Only' });
		expect((await sandbox.post(`/Contacts/${UNKNOWN}`, { Contacts: [{}] })).status).toBe(404);
	});
});

it('refuses every edit of an archived contact, archiving again included', async () => {
	const { ContactID } = await made({ Name: 'Gone' });
	expect(
		(await sandbox.post('/Contacts', { Contacts: [{ ContactID, ContactStatus: 'ARCHIVED' }] }))
			.status,
	).toBe(200);

	for (const change of [
		{ FirstName: 'X' },
		{ ContactStatus: 'ARCHIVED' },
		{ ContactStatus: 'ACTIVE' },
	]) {
		expect(
			messagesOf(await sandbox.post('/Contacts', { Contacts: [{ ContactID, ...change }] })),
		).toEqual([
			'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.',
		]);
	}
});

it.each([
	[
		'nothing to know it by',
		{},
		'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber',
	],
	[
		'an email address that is none',
		{ Name: 'Mail', EmailAddress: 'nope' },
		'Email address must be valid',
	],
])('refuses %s', async (_case, element, message) => {
	expect(messagesOf(await sandbox.put('/Contacts', { Contacts: [element] }))).toEqual([message]);
});

it('refuses a contact number that another contact has', async () => {
	await made({ Name: 'Numbered', ContactNumber: 'C-1' });

	expect(
		messagesOf(
			await sandbox.put('/Contacts', { Contacts: [{ Name: 'Other', ContactNumber: 'C-1' }] }),
		),
	).toEqual(['The contact number C-1 is already assigned to another contact.']);
});

describe('one bad element among good ones', () => {
	const batch = (name: string) => ({
		Contacts: [{ Name: `${name} 1` }, { EmailAddress: 'x' }, { Name: `${name} 3` }],
	});
	const saved = async (name: string) =>
		(await sandbox.get(`/Contacts?searchTerm=${name}`)).json['Contacts'].length;

	it.each(['', '?summarizeErrors=true'])(
		'refuses the request, which names it and keeps the good ones: %s',
		async (query) => {
			const answer = await sandbox.put(`/Contacts${query}`, batch(`All${query.length}`));

			expect(answer.status).toBe(400);
			expect(answer.json['Elements']).toMatchObject([{ EmailAddress: 'x' }]);
			expect(await saved(`All${query.length}`)).toBe(2);
		},
	);

	it('is named in place with summarizeErrors=false, and the good ones are saved', async () => {
		const answer = await sandbox.put('/Contacts?summarizeErrors=false', batch('Some'));

		expect(answer.status).toBe(200);
		expect(
			answer.json['Contacts'].map(({ StatusAttributeString }: XeroRecord) => StatusAttributeString),
		).toEqual(['OK', 'ERROR', 'OK']);
		expect(answer.json['Contacts'][1]).toMatchObject({
			ContactID: ZERO,
			EmailAddress: 'x',
			HasValidationErrors: true,
		});
		expect(await saved('Some')).toBe(2);
	});

	it('sees the elements before it', async () => {
		const answer = await sandbox.put('/Contacts?summarizeErrors=false', {
			Contacts: [{ Name: 'Twin' }, { Name: 'Twin' }],
		});

		expect(
			answer.json['Contacts'].map(({ StatusAttributeString }: XeroRecord) => StatusAttributeString),
		).toEqual(['OK', 'ERROR']);
	});
});

it('reads one by its id in any case, or by its number', async () => {
	const { ContactID } = await made({ Name: 'Readable', ContactNumber: 'READ-1' });

	expect((await sandbox.get(`/Contacts/${ContactID.toUpperCase()}`)).json['Contacts'][0].Name).toBe(
		'Readable',
	);
	expect((await sandbox.get('/Contacts/READ-1')).json['Contacts'][0].ContactID).toBe(ContactID);
	const missing = await sandbox.get(`/Contacts/${UNKNOWN}`);
	expect(missing.status).toBe(404);
	expect(missing.headers.get('content-type')).toMatch(/^text\/html/);
});

describe('what documents of a contact start with', () => {
	const details = {
		BankAccountNumber: '12-3456-7890123-00',
		BankAccountName: 'Aroha',
		Details: 'Consulting',
	};

	it('is kept: the account of batch payments, and tracking of sales and purchases', async () => {
		const region = { TrackingCategoryName: 'Region', TrackingOptionName: 'North' };
		const { ContactID } = await made({
			Name: 'Tracked',
			BatchPayments: details,
			SalesTrackingCategories: [region],
			PurchasesTrackingCategories: [{ ...region, TrackingOptionName: 'south' }],
		});

		await sandbox.post('/Contacts', {
			Contacts: [{ ContactID, SalesTrackingCategories: [] }],
		});

		const [contact] = (await sandbox.get(`/Contacts/${ContactID}`)).json.Contacts;
		expect(contact).toMatchObject({
			BatchPayments: details,
			SalesTrackingCategories: [],
			PurchasesTrackingCategories: [{ ...region, TrackingOptionName: 'South' }],
		});
	});

	it('has options that exist', async () => {
		const refusal = async (fields: Json) =>
			messagesOf(await sandbox.put('/Contacts', { Contacts: [{ Name: 'Not so', ...fields }] }));

		expect(
			await refusal({
				SalesTrackingCategories: [
					{ TrackingCategoryName: 'Region', TrackingOptionName: 'Atlantis' },
				],
			}),
		).toEqual(['The tracking category or option of a contact does not exist']);
	});
});

it('names the groups that it is in, as long as they are there', async () => {
	const { ContactID } = await made({ Name: 'A Member' });
	const { json } = await sandbox.put('/ContactGroups', { ContactGroups: [{ Name: 'Members' }] });
	const ContactGroupID = String((json['ContactGroups'] as XeroRecord[])[0]?.['ContactGroupID']);
	const groups = async () =>
		(await sandbox.get(`/Contacts/${ContactID}`)).json.Contacts[0]['ContactGroups'];
	expect(await groups()).toEqual([]);

	await sandbox.put(`/ContactGroups/${ContactGroupID}/Contacts`, { Contacts: [{ ContactID }] });
	expect(await groups()).toMatchObject([{ ContactGroupID, Name: 'Members', Status: 'ACTIVE' }]);

	await sandbox.post(`/ContactGroups/${ContactGroupID}`, {
		ContactGroups: [{ Status: 'DELETED' }],
	});
	expect(await groups()).toEqual([]);
});

it('moves the documents of a contact that is merged into another, archives it and names the other', async () => {
	const [from, into] = [await made({ Name: 'Twice Here' }), await made({ Name: 'Here Twice' })];
	const LineItems = [{ Description: 'Advice', Quantity: 1, UnitAmount: 10, AccountCode: '200' }];
	const draft = await sandbox.put('/Invoices', {
		Invoices: [{ Type: 'ACCREC', Contact: { ContactID: from['ContactID'] }, LineItems }],
	});
	const { InvoiceID } = draft.json['Invoices'][0];

	await sandbox.mergeContacts(sandbox.tenantId, from['ContactID'], into['ContactID']);

	const merged = await sandbox.get(`/Contacts/${from['ContactID']}`);
	const moved = await sandbox.get(`/Invoices/${InvoiceID}`);
	expect(merged.json['Contacts'][0]).toMatchObject({
		ContactStatus: 'ARCHIVED',
		MergedToContactID: into['ContactID'],
	});
	expect(moved.json['Invoices'][0]).toMatchObject({ Contact: { ContactID: into['ContactID'] } });
	const changed = await sandbox.get('/Contacts?searchTerm=twice%20here');
	expect(changed.json['Contacts']).toEqual([]);
	await expect(sandbox.mergeContacts(sandbox.tenantId, UNKNOWN, UNKNOWN)).rejects.toThrow('no two');
});

it('hides archived contacts from lists unless asked', async () => {
	const { ContactID } = await made({ Name: 'Hidden Away' });
	await sandbox.post('/Contacts', { Contacts: [{ ContactID, ContactStatus: 'ARCHIVED' }] });

	expect((await sandbox.get('/Contacts?searchTerm=hidden')).json['Contacts']).toEqual([]);
	expect(
		(await sandbox.get('/Contacts?searchTerm=hidden&includeArchived=true')).json['Contacts'],
	).toHaveLength(1);
});
