import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import { recordOf } from './paidDocuments';
import type { Json } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

const schedule: Json = {
	Period: 1,
	Unit: 'MONTHLY',
	DueDate: 10,
	DueDateType: 'OFFOLLOWINGMONTH',
	StartDate: '2026-12-01',
	EndDate: '2027-06-01',
};
const template = (changes: Json = {}): Json => ({
	Type: 'ACCREC',
	Status: 'AUTHORISED',
	Contact: { Name: 'Ridgeway Trading' },
	Schedule: schedule,
	LineItems: [{ Description: 'Rent', Quantity: 1, UnitAmount: 1000, AccountCode: '200' }],
	...changes,
});
const create = (changes: Json = {}) =>
	sandbox.put('/RepeatingInvoices', { RepeatingInvoices: [template(changes)] });
const created = async (changes: Json = {}) => recordOf(await create(changes), 'RepeatingInvoices');

it('is made with its schedule and its totals', async () => {
	const known = await created({ Reference: 'Rent [Month]', MarkAsSent: true });

	expect(known).toMatchObject({
		Type: 'ACCREC',
		Status: 'AUTHORISED',
		SubTotal: 1000,
		TotalTax: 150,
		Total: 1150,
		Reference: 'Rent [Month]',
		MarkAsSent: true,
		ApprovedForSending: false,
		Schedule: {
			Period: 1,
			Unit: 'MONTHLY',
			StartDate: '/Date(1796083200000+0000)/',
			NextScheduledDate: '/Date(1796083200000+0000)/',
			EndDate: '/Date(1811808000000+0000)/',
		},
	});
	const read = await sandbox.get(`/RepeatingInvoices/${String(known['RepeatingInvoiceID'])}`);
	expect(recordOf(read, 'RepeatingInvoices')).toEqual(known);
});

it('keeps four decimals of a unit amount with unitdp=4 only', async () => {
	const LineItems = [
		{ Description: 'Calls', Quantity: 10_000, UnitAmount: 0.0325, AccountCode: '200' },
	];
	const write = async (query: string) =>
		await sandbox.put(`/RepeatingInvoices${query}`, {
			RepeatingInvoices: [template({ LineItems })],
		});

	expect((await write('?unitdp=4')).json['RepeatingInvoices']).toMatchObject([
		{ SubTotal: 325, LineItems: [{ UnitAmount: 0.0325 }] },
	]);
	expect((await write('')).json['RepeatingInvoices']).toMatchObject([
		{ SubTotal: 300, LineItems: [{ UnitAmount: 0.03 }] },
	]);
});

it.each<[string, Json, string]>([
	['a bill', { Type: 'ACCPAY' }, 'Only repeating invoices of type ACCREC can be created'],
	['no schedule', { Schedule: undefined }, 'A Schedule must be specified'],
	[
		'no unit',
		{ Schedule: { ...schedule, Unit: undefined } },
		'Schedule Unit must be WEEKLY or MONTHLY',
	],
	[
		'an end before its start',
		{ Schedule: { ...schedule, EndDate: '2026-11-01' } },
		'Schedule EndDate must not be before its StartDate',
	],
	['no lines', { LineItems: [] }, 'One or more line items must be specified'],
	[
		'the status DELETED',
		{ Status: 'DELETED' },
		'Repeating Invoice not of valid status for creation',
	],
	[
		'approval to send a draft',
		{ Status: 'DRAFT', ApprovedForSending: true },
		'ApprovedForSending can only be set on an AUTHORISED repeating invoice',
	],
])('is refused with %s', async (_case, changes, message) => {
	expect(messagesOf(await create(changes))).toEqual([message]);
});

it('is deleted by POST, in a list or at its address, and changed by neither', async () => {
	const [first, second] = [await created(), await created({ Status: 'DRAFT' })];
	const one = `/RepeatingInvoices/${String(second['RepeatingInvoiceID'])}`;

	const inList = await sandbox.post('/RepeatingInvoices?summarizeErrors=false', {
		RepeatingInvoices: [
			{ RepeatingInvoiceID: first['RepeatingInvoiceID'], Status: 'DELETED' },
			{ RepeatingInvoiceID: second['RepeatingInvoiceID'], Reference: 'Changed' },
			{ RepeatingInvoiceID: sandbox.tenantId, Status: 'DELETED' },
		],
	});
	const alone = await sandbox.post(one, { Status: 'DELETED' });

	expect(inList.json['RepeatingInvoices']).toMatchObject([
		{ Status: 'DELETED', StatusAttributeString: 'OK' },
		{ ValidationErrors: [{ Message: 'Repeating Invoice not of valid status for modification' }] },
		{
			ValidationErrors: [
				{ Message: 'The document with the supplied id was not found for this endpoint.' },
			],
		},
	]);
	expect(recordOf(alone, 'RepeatingInvoices').Status).toBe('DELETED');
});

it('is listed whole and found by its contact', async () => {
	await created({ Contact: { Name: 'Monthly Customer' } });

	const answer = await sandbox.get('/RepeatingInvoices?where=Contact.Name=="Monthly Customer"');

	expect(answer.json['RepeatingInvoices']).toHaveLength(1);
	expect(answer.json.pagination).toBeUndefined();
});
