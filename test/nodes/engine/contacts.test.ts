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
});
