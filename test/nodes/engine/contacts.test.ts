import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

describe('contact: create, create or update, update', () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine();
	});
	afterAll(async () => {
		await xero.close();
	});

	const run = async (
		parameters: INodeParameters,
		input = itemsOf(1, () => ({})),
		onError?: 'continueRegularOutput',
	) =>
		await xero.engine.run(
			xeroWorkflow({ parameters: { resource: 'contact', ...parameters }, onError }),
			{ input },
		);

	it('writes every group of fields as Xero names them, and no blanks', async () => {
		const execution = await run({
			operation: 'create',
			name: 'Whole Contact Ltd',
			additionalFields: {
				accountNumber: 'A-1',
				contactNumber: 'CRM-77',
				emailAddress: 'ada@example.com',
				firstName: 'Ada',
				lastName: '',
				taxNumber: '071-138-054',
				addresses: {
					address: [
						{ addressType: 'STREET', addressLine1: '1 Main St', city: 'Oamaru', region: '' },
					],
				},
				phones: { phone: [{ phoneType: 'MOBILE', phoneNumber: '555-1212', phoneAreaCode: '021' }] },
				contactPersons: {
					person: [{ firstName: 'Bo', emailAddress: 'bo@example.com', includeInEmails: true }],
				},
				salesTerms: { terms: { day: '20', type: 'OFFOLLOWINGMONTH' } },
				otherFields: '{"CompanyNumber": "NZ-123"}',
			},
		});

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
			Name: 'Whole Contact Ltd',
			AccountNumber: 'A-1',
			ContactNumber: 'CRM-77',
			EmailAddress: 'ada@example.com',
			TaxNumber: '071-138-054',
			CompanyNumber: 'NZ-123',
			Addresses: expect.arrayContaining([
				expect.objectContaining({ AddressType: 'STREET', City: 'Oamaru' }),
			]),
			Phones: expect.arrayContaining([
				expect.objectContaining({ PhoneType: 'MOBILE', PhoneNumber: '555-1212' }),
			]),
			ContactPersons: [{ FirstName: 'Bo', IncludeInEmails: true }],
			PaymentTerms: { Sales: { Day: 20, Type: 'OFFOLLOWINGMONTH' } },
		});
	});

	it('shows the sentence of Xero for a name that is taken', async () => {
		await run({ operation: 'create', name: 'Taken Ltd' });

		const execution = await run({ operation: 'create', name: 'Taken Ltd' });

		expect(execution.error).toMatchObject({
			itemIndex: 0,
			message: expect.stringContaining(
				'The contact name Taken Ltd is already assigned to another contact.',
			),
		});
	});

	it('updates by contact number, else creates', async () => {
		const upsert = (name: string): INodeParameters => ({
			operation: 'upsert',
			matchBy: 'contactNumber',
			matchValue: 'CRM-1',
			name,
		});

		const [created] = (await run(upsert('Before Ltd'))).itemsOf(XERO_NODE);
		const [updated] = (await run(upsert('After Ltd'))).itemsOf(XERO_NODE);

		expect(updated?.json).toMatchObject({
			ContactID: created?.json['ContactID'],
			Name: 'After Ltd',
		});
	});

	it('updates some contacts and reports the others, one by one', async () => {
		const [contact] = (await run({ operation: 'create', name: 'To Update Ltd' })).itemsOf(
			XERO_NODE,
		);

		const execution = await run(
			{
				operation: 'update',
				contact: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				updateFields: { emailAddress: '={{ $json.email }}' },
			},
			[
				{ json: { id: String(contact?.json['ContactID']), email: 'new@example.com' } },
				{ json: { id: 'not-an-id', email: 'x@example.com' } },
			],
			'continueRegularOutput',
		);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{ json: { Name: 'To Update Ltd', EmailAddress: 'new@example.com' } },
			{ json: { error: expect.stringContaining('"not-an-id"') }, pairedItem: { item: 1 } },
		]);
	});

	it('keeps the terms and bank details that an update does not name, in few requests', async () => {
		const created = await run(
			{
				operation: 'create',
				name: '={{ $json.name }}',
				additionalFields: {
					billTerms: { terms: { day: '10', type: 'DAYSAFTERBILLDATE' } },
					salesTerms: { terms: { day: '20', type: 'OFFOLLOWINGMONTH' } },
					batchPayments: { details: { bankAccountNumber: '12-3456', details: 'Weekly' } },
				},
			},
			itemsOf(30, (index) => ({ name: `Terms ${index} Ltd` })),
		);
		await xero.sandbox.forgetRequests();

		const execution = await run(
			{
				operation: 'update',
				contact: { __rl: true, mode: 'id', value: '={{ $json.ContactID }}' },
				updateFields: {
					salesTerms: { terms: { day: '30', type: 'OFFOLLOWINGMONTH' } },
					batchPayments: { details: { details: 'Monthly' } },
				},
			},
			[...created.itemsOf(XERO_NODE)],
		);

		const contacts = execution.itemsOf(XERO_NODE).map(({ json }) => json);
		expect(contacts).toHaveLength(30);
		for (const contact of contacts) {
			expect(contact).toMatchObject({
				PaymentTerms: {
					Bills: { Day: 10, Type: 'DAYSAFTERBILLDATE' },
					Sales: { Day: 30, Type: 'OFFOLLOWINGMONTH' },
				},
				BatchPayments: { BankAccountNumber: '12-3456', Details: 'Monthly' },
			});
		}
		const requests = await xero.sandbox.requests();
		expect(requests.filter(({ path }) => path.includes('Contacts'))).toHaveLength(2);
	});

	it('keeps what an earlier item of the same run has changed', async () => {
		const [known] = (await run({ operation: 'create', name: 'Twice Ltd' })).itemsOf(XERO_NODE);
		const terms = (day: string) => ({ terms: { day, type: 'OFCURRENTMONTH' } });

		const execution = await run(
			{
				operation: 'update',
				contact: { __rl: true, mode: 'id', value: String(known?.json['ContactID']) },
				updateFields: {
					billTerms: terms('={{ $json.bills }}'),
					salesTerms: terms('={{ $json.sales }}'),
				},
			},
			[{ json: { bills: '5', sales: '6' } }, { json: { bills: '7', sales: '' } }],
		);

		expect(execution.itemsOf(XERO_NODE)[1]?.json).toMatchObject({
			PaymentTerms: { Bills: { Day: 7 }, Sales: { Day: 6 } },
		});
	});

	it('takes rows whose fields are blank for none, whatever their type says', async () => {
		const [known] = (
			await run({
				operation: 'create',
				name: 'Blank Rows Ltd',
				additionalFields: {
					addresses: { address: [{ addressType: 'POBOX', city: 'Oamaru' }] },
					phones: { phone: [{ phoneType: 'MOBILE', phoneNumber: '555' }] },
					contactPersons: { person: [{ firstName: 'Bo', includeInEmails: true }] },
					billTerms: { terms: { day: '10', type: 'DAYSAFTERBILLDATE' } },
				},
			})
		).itemsOf(XERO_NODE);

		const execution = await run({
			operation: 'update',
			contact: { __rl: true, mode: 'id', value: String(known?.json['ContactID']) },
			updateFields: {
				addresses: { address: [{ addressType: 'POBOX', city: '' }] },
				phones: { phone: [{ phoneType: 'MOBILE', phoneNumber: '' }] },
				contactPersons: { person: [{ firstName: '', includeInEmails: false }] },
				billTerms: { terms: { day: '', type: 'DAYSAFTERBILLDATE' } },
			},
		});

		expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
			Addresses: expect.arrayContaining([expect.objectContaining({ City: 'Oamaru' })]),
			Phones: expect.arrayContaining([expect.objectContaining({ PhoneNumber: '555' })]),
			ContactPersons: [{ FirstName: 'Bo' }],
			PaymentTerms: { Bills: { Day: 10 } },
		});
	});

	it('says which contact it could not read, and changes the others', async () => {
		const [known] = (await run({ operation: 'create', name: 'Known Ltd' })).itemsOf(XERO_NODE);

		const execution = await run(
			{
				operation: 'update',
				contact: { __rl: true, mode: 'id', value: '={{ $json.ContactID }}' },
				updateFields: { billTerms: { terms: { day: '7', type: 'OFCURRENTMONTH' } } },
			},
			[
				{ json: { ContactID: '11111111-2222-4333-8444-555555555555' } },
				{ json: { ContactID: String(known?.json['ContactID']) } },
			],
			'continueRegularOutput',
		);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{ json: { error: expect.stringContaining('Xero has no contact with the id') } },
			{ json: { Name: 'Known Ltd', PaymentTerms: { Bills: { Day: 7 } } } },
		]);
	});

	it.each([
		['name', '={{ $json.Name }}'],
		['contactNumber', '={{ $json.ContactNumber }}'],
		['contactId', '={{ $json.ContactID }}'],
	])('keeps the other terms when it finds a contact by %s', async (matchBy, matchValue) => {
		const terms = (day: string) => ({ terms: { day, type: 'DAYSAFTERBILLDATE' } });
		const [contact] = (
			await run({
				operation: 'create',
				name: `Upserted by ${matchBy}`,
				additionalFields: { contactNumber: `U-${matchBy}`, billTerms: terms('10') },
			})
		).itemsOf(XERO_NODE);

		const execution = await run(
			{
				operation: 'upsert',
				matchBy,
				matchValue,
				name: '={{ $json.Name }}',
				additionalFields: { salesTerms: terms('30') },
			},
			[{ json: contact?.json ?? {} }, { json: { Name: `New by ${matchBy}`, ContactNumber: 'N' } }],
			'continueRegularOutput',
		);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{
				json: {
					ContactID: contact?.json['ContactID'],
					PaymentTerms: { Bills: { Day: 10 }, Sales: { Day: 30 } },
				},
			},
			{ json: { Name: `New by ${matchBy}`, PaymentTerms: { Sales: { Day: 30 } } } },
		]);
	});
});

describe('contact: find or create', () => {
	let xero: ConnectedEngine;

	beforeEach(async () => {
		xero = await connectEngine();
	});
	afterEach(async () => {
		await xero.close();
	});

	const byEmail: INodeParameters = {
		resource: 'contact',
		operation: 'findOrCreate',
		findBy: 'emailAddress',
		findValue: '={{ $json.email }}',
		name: '={{ $json.name }}',
	};
	const people = (count: number) =>
		itemsOf(count, (index) => ({
			name: `Person ${index}`,
			email: `person.number.${index}@example.com`,
		}));
	const run = async (
		parameters: INodeParameters,
		input: ReturnType<typeof people>,
		onError?: 'continueRegularOutput',
	) => await xero.engine.run(xeroWorkflow({ parameters, onError }), { input });
	const requests = async () => {
		const all = (await xero.sandbox.requests()).filter(({ path }) => path.includes('Contacts'));
		const of = (method: string) => all.filter((request) => request.method === method);
		return { reads: of('GET'), writes: of('PUT') };
	};

	it('looks 120 contacts up in 6 requests and creates the missing ones in 2', async () => {
		const known = await run(byEmail, people(40));
		await xero.sandbox.forgetRequests();

		const execution = await run(byEmail, people(120));

		const items = execution.itemsOf(XERO_NODE).map(({ json }) => json);
		expect(items.map(({ Name }) => Name)).toEqual(people(120).map(({ json }) => json['name']));
		expect(items.slice(0, 40).map(({ ContactID }) => ContactID)).toEqual(
			known.itemsOf(XERO_NODE).map(({ json }) => json['ContactID']),
		);
		expect(items.map(({ created }) => created)).toEqual(items.map((_, index) => index >= 40));
		const { reads, writes } = await requests();
		expect(reads).toHaveLength(6);
		expect(writes.map(({ elements }) => elements)).toEqual([50, 30]);
		const addresses = reads.map(({ path, query }) => `${path}?${new URLSearchParams(query)}`);
		expect(Math.max(...addresses.map(({ length }) => length))).toBeLessThan(2_000);
	});

	it('finds a contact however its value is written, and creates a missing one once', async () => {
		const [known] = (await run(byEmail, people(1))).itemsOf(XERO_NODE);

		const execution = await run(byEmail, [
			{ json: { name: 'Another', email: ' PERSON.number.0@Example.com' } },
			{ json: { name: 'New', email: 'new@example.com' } },
			{ json: { name: 'New again', email: 'New@example.com' } },
		]);

		const [first, second, third] = execution.itemsOf(XERO_NODE).map(({ json }) => json);
		expect(first).toMatchObject({ ContactID: known?.json['ContactID'], created: false });
		expect(second).toMatchObject({ Name: 'New', created: true });
		expect(third).toMatchObject({ ContactID: second?.['ContactID'], created: false });
	});

	it('names the contacts where several have the email, instead of choosing one', async () => {
		for (const name of ['Twin A', 'Twin B']) {
			await run(
				{
					resource: 'contact',
					operation: 'create',
					name,
					additionalFields: { emailAddress: 'twins@example.com' },
				},
				people(1),
			);
		}

		const execution = await run(
			byEmail,
			[{ json: { name: 'Twin', email: 'twins@example.com' } }, ...people(1)],
			'continueRegularOutput',
		);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{
				json: {
					error: expect.stringMatching(
						/2 contacts have the email "twins@example.com": Twin [AB] \(.*Twin [AB] \(/,
					),
				},
			},
			{ json: { Name: 'Person 0', created: true } },
		]);
	});

	it('looks one value up at a time where the books are too large for more', async () => {
		const known = await run(byEmail, people(3));
		await xero.sandbox.setFaults({ status: { path: '/Contacts', status: 400, times: 1 } });
		await xero.sandbox.forgetRequests();

		const execution = await run(byEmail, people(3));

		expect(execution.itemsOf(XERO_NODE).map(({ json }) => json['ContactID'])).toEqual(
			known.itemsOf(XERO_NODE).map(({ json }) => json['ContactID']),
		);
		const { reads, writes } = await requests();
		expect(reads.map(({ status }) => status)).toEqual([400, 200, 200, 200]);
		expect(writes).toHaveLength(0);
	});
});
