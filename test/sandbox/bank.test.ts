import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import type { Json, XeroRecord, XeroRecords } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, [
		'accounting.contacts',
		'accounting.banktransactions',
		'accounting.attachments',
	]);
});
afterAll(() => sandbox.close());

const UNKNOWN = '11111111-1111-4111-8111-111111111111';

const spending = (changes: Json = {}): Json => ({
	Type: 'SPEND',
	Contact: { Name: 'Office Supplies Ltd' },
	BankAccount: { Code: '090' },
	Date: '2026-11-01',
	LineAmountTypes: 'Inclusive',
	LineItems: [{ Description: 'Paper', Quantity: 2, UnitAmount: 11.5, AccountCode: '453' }],
	...changes,
});
const records = async (path: string): Promise<readonly XeroRecord[]> =>
	(await sandbox.get(path)).json[path.split(/[/?]/)[1] as string] as XeroRecords;
const spent = async (changes: Json = {}): Promise<XeroRecord> => {
	const answer = await sandbox.put('/BankTransactions', { BankTransactions: [spending(changes)] });
	if (answer.status !== 200) throw new Error(answer.text);
	return answer.json['BankTransactions'][0];
};
const changed = ({ BankTransactionID }: XeroRecord, changes: Json) =>
	sandbox.post('/BankTransactions', { BankTransactions: [{ BankTransactionID, ...changes }] });

describe('a bank transaction', () => {
	it('adds up like an invoice, and names its bank account', async () => {
		expect(await spent({ Reference: 'Card 7' })).toMatchObject({
			Type: 'SPEND',
			Status: 'AUTHORISED',
			Reference: 'Card 7',
			IsReconciled: false,
			BankAccount: { Code: '090', Name: 'Business Bank Account' },
			Contact: { Name: 'Office Supplies Ltd' },
			DateString: '2026-11-01T00:00:00',
			SubTotal: 20,
			TotalTax: 3,
			Total: 23,
			LineItems: [{ Description: 'Paper', TaxType: 'INPUT2', TaxAmount: 3 }],
		});
	});

	it('received takes the sales side of an item', async () => {
		const received = await spent({
			Type: 'RECEIVE',
			LineItems: [{ ItemCode: 'BOOK', Quantity: 1 }],
			LineAmountTypes: 'Exclusive',
		});

		expect(received).toMatchObject({
			SubTotal: 19,
			LineItems: [{ AccountCode: '200', TaxType: 'OUTPUT2' }],
		});
	});

	it.each([
		['no contact', { Contact: {} }, 'A Contact must be specified for this type of transaction'],
		['no line', { LineItems: [] }, 'One or more line items must be specified'],
		[
			'an account that is no bank account',
			{ BankAccount: { Code: '200' } },
			'A valid bank account must be specified',
		],
		['a transfer', { Type: 'SPEND-TRANSFER' }, /use BankTransfers/],
		['no type', { Type: undefined }, "Bank transaction type 'undefined' is not valid"],
		['a status', { Status: 'VOIDED' }, "Bank transaction status 'VOIDED' is not valid"],
	])('is refused with %s', async (_case, changes, message) => {
		const answer = await sandbox.put('/BankTransactions', {
			BankTransactions: [spending(changes)],
		});

		expect(answer.status).toBe(400);
		expect(messagesOf(answer)[0]).toMatch(message);
	});

	it('keeps what a change does not name', async () => {
		const before = await spent({ Reference: 'Kept' });

		const { json } = await changed(before, { Date: '2026-11-05' });

		expect(json['BankTransactions'][0]).toMatchObject({
			BankTransactionID: before['BankTransactionID'],
			DateString: '2026-11-05T00:00:00',
			Reference: 'Kept',
			Total: 23,
			LineItems: [{ LineItemID: before.LineItems[0].LineItemID }],
		});
	});

	it('is deleted by its status, once', async () => {
		const transaction = await spent();

		const deleted = await changed(transaction, { Status: 'DELETED' });

		expect(deleted.json['BankTransactions'][0].Status).toBe('DELETED');
		expect(messagesOf(await changed(transaction, { Status: 'DELETED' }))).toEqual([
			'Bank transaction not of valid status for modification',
		]);
	});

	it('cannot be touched once it is reconciled', async () => {
		const transaction = await spent({ IsReconciled: true });

		for (const changes of [{ Status: 'DELETED' }, { Reference: 'x' }]) {
			expect(messagesOf(await changed(transaction, changes))).toEqual([
				'This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.',
			]);
		}
	});

	it('is found by id, and an unknown id is told apart', async () => {
		const { BankTransactionID } = await spent();

		expect(await records(`/BankTransactions/${BankTransactionID}`)).toHaveLength(1);
		expect((await sandbox.get(`/BankTransactions/${UNKNOWN}`)).status).toBe(404);
		expect(
			messagesOf(await changed({ BankTransactionID: UNKNOWN } as unknown as XeroRecord, {})),
		).toEqual(['The document with the supplied id was not found for this endpoint.']);
	});

	it('says that it has attachments once there is one', async () => {
		const { BankTransactionID } = await spent();
		const address = `/BankTransactions/${BankTransactionID}`;
		const shown = async () => (await records(address))[0]?.['HasAttachments'];

		expect(await shown()).toBe(false);
		await sandbox.put(`${address}/Attachments/receipt.txt`, 'Paid', {
			'content-type': 'text/plain',
		});
		expect(await shown()).toBe(true);
	});

	it('is listed with its lines by page, without them otherwise, and filtered', async () => {
		await spent({ Reference: 'Wanted' });
		const where = encodeURIComponent('Reference=="Wanted" AND BankAccount.Code=="090"');

		const paged = await records(`/BankTransactions?page=1&where=${where}`);

		expect(paged.map(({ LineItems }) => LineItems.length)).toEqual([1]);
		const whole = await records('/BankTransactions');
		expect(whole.every(({ LineItems }) => LineItems.length === 0)).toBe(true);
	});
});

describe('a bank transfer', () => {
	const moving = (changes: Json = {}): Json => ({
		FromBankAccount: { Code: '090' },
		ToBankAccount: { Code: '091' },
		Amount: 50,
		Date: '2026-11-01',
		...changes,
	});
	const moved = async (changes: Json = {}): Promise<XeroRecord> => {
		const answer = await sandbox.put('/BankTransfers', { BankTransfers: [moving(changes)] });
		if (answer.status !== 200) throw new Error(answer.text);
		return (answer.json['BankTransfers'] as XeroRecords)[0];
	};

	it('shows up as money spent here and received there', async () => {
		const transfer = await moved({ Reference: 'Savings' });

		expect(transfer).toMatchObject({
			Amount: 50,
			Status: 'AUTHORISED',
			Reference: 'Savings',
			FromBankAccount: { Code: '090' },
			ToBankAccount: { Code: '091' },
		});
		const halves = await Promise.all(
			['FromBankTransactionID', 'ToBankTransactionID'].map(
				async (side) => (await records(`/BankTransactions/${transfer[side]}`))[0],
			),
		);
		expect(halves).toMatchObject([
			{ Type: 'SPEND-TRANSFER', Total: 50, BankAccount: { Code: '090' } },
			{ Type: 'RECEIVE-TRANSFER', Total: 50, BankAccount: { Code: '091' } },
		]);
	});

	it.each([
		['to the same account', { ToBankAccount: { Code: '090' } }, /must be different/],
		['from no bank account', { FromBankAccount: { Code: '200' } }, /valid FromBankAccount/],
		['of nothing', { Amount: 0 }, 'The Amount must be more than zero'],
	])('%s is refused', async (_case, changes, message) => {
		const answer = await sandbox.put('/BankTransfers', { BankTransfers: [moving(changes)] });

		expect(answer.status).toBe(400);
		expect(messagesOf(answer)[0]).toMatch(message);
	});

	it('is deleted with both its halves, and then listed only when asked for', async () => {
		const { BankTransferID, ToBankTransactionID } = await moved();

		const answer = await sandbox.post(`/BankTransfers/${BankTransferID}`, { Status: 'DELETED' });

		expect((answer.json['BankTransfers'] as XeroRecords)[0].Status).toBe('DELETED');
		expect((await records(`/BankTransactions/${ToBankTransactionID}`))[0]?.Status).toBe('DELETED');
		const ids = async (query: string) =>
			(await records(`/BankTransfers${query}`)).map((transfer) => transfer['BankTransferID']);
		expect(await ids('')).not.toContain(BankTransferID);
		expect(await ids('?includeDeleted=true')).toContain(BankTransferID);
	});

	it('is deleted in a list too, with the fate of each', async () => {
		const [good, reconciled] = [await moved(), await moved({ FromIsReconciled: true })];
		const remove = async (ids: readonly unknown[]) =>
			await sandbox.post('/BankTransfers?summarizeErrors=false', {
				BankTransfers: ids.map((BankTransferID) => ({ BankTransferID, Status: 'DELETED' })),
			});

		const { json } = await remove([good['BankTransferID'], reconciled['BankTransferID']]);

		expect(
			(json['BankTransfers'] as XeroRecords).map((transfer) => transfer.StatusAttributeString),
		).toEqual(['OK', 'ERROR']);
		expect((await remove([UNKNOWN])).status).toBe(404);
	});

	it('stays while one of its sides is reconciled', async () => {
		const { BankTransferID } = await moved({ ToIsReconciled: true });

		const answer = await sandbox.post(`/BankTransfers/${BankTransferID}`, { Status: 'DELETED' });

		expect(messagesOf(answer)).toEqual([
			'The bank transfer cannot be deleted as it has been reconciled',
		]);
	});
});
