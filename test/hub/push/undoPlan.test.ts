import type { AgreedBase } from '../../../hub-server/src/links/Link';
import { undoPlan, type DoneItem } from '../../../hub-server/src/push/undoPlan';
import type { XeroRecord } from '../../../hub-server/protocol/xero';

const FREED = 'undone-1';

function plan(item: Partial<DoneItem>, xero: XeroRecord | undefined) {
	const done: DoneItem = {
		...{ entity: 'contact', xeroId: 'x1', change: 'created', fields: {}, previous: null },
		...{ base: null, ...item },
	};
	return undoPlan(done, xero, FREED);
}

function agreedOn(record: XeroRecord): AgreedBase {
	return Object.fromEntries(
		Object.entries(record).map(([member, value]) => [member, { external: value, xero: value }]),
	);
}

const change = (element: XeroRecord) => ({ kind: 'change', element, left: [] });

describe('what a push has made', () => {
	it.each([
		['invoice', { Status: 'DRAFT' }, { Status: 'DELETED' }],
		['bill', { Status: 'SUBMITTED' }, { Status: 'DELETED' }],
		['credit_note', { Status: 'AUTHORISED' }, { Status: 'VOIDED' }],
		['payment', { Status: 'AUTHORISED' }, { Status: 'DELETED' }],
		['bank_transaction', { Status: 'AUTHORISED' }, { Status: 'DELETED' }],
		['tax_rate', { Status: 'ACTIVE' }, { Status: 'DELETED' }],
		['contact', { ContactStatus: 'ACTIVE' }, { ContactNumber: FREED, ContactStatus: 'ARCHIVED' }],
	] as const)('%s %j is taken back by %j', (entity, xero, element) => {
		expect(plan({ entity }, xero)).toEqual(change(element));
	});

	it('is removed where Xero removes it: an item, and an account that nothing uses', () => {
		expect(plan({ entity: 'item' }, { Code: 'DESK' })).toEqual({ kind: 'remove', otherwise: null });
		expect(plan({ entity: 'account' }, { Status: 'ACTIVE' })).toEqual({
			kind: 'remove',
			otherwise: { Status: 'ARCHIVED' },
		});
	});

	it.each([
		['invoice', { Status: 'DELETED' }],
		['invoice', { Status: 'VOIDED' }],
		['payment', { Status: 'DELETED' }],
		['contact', { ContactStatus: 'ARCHIVED' }],
		['account', { Status: 'ARCHIVED' }],
		['item', undefined],
	] as const)('%s %j is gone already, so that twice is harmless', (entity, xero) => {
		expect(plan({ entity }, xero)).toEqual({ kind: 'gone' });
	});

	it.each([
		['invoice', { Status: 'PAID', AmountPaid: 10 }],
		['invoice', { Status: 'AUTHORISED', AmountCredited: '5.00' }],
		['bill', { Status: 'AUTHORISED', AmountPaid: 1 }],
	] as const)('%s %j stays, with what to do first', (entity, xero) => {
		expect(plan({ entity }, xero)).toMatchObject({
			kind: 'impossible',
			message: expect.stringContaining('payment or credit'),
			nextStep: expect.stringContaining('Undo the push of its payments first'),
		});
	});
});

describe('what a push has changed', () => {
	it('gets back what it was', () => {
		const fields = { Name: 'New', EmailAddress: 'new@example.com' };
		const step = plan(
			{
				...{ change: 'updated', fields, base: agreedOn(fields) },
				previous: { Name: 'Old', EmailAddress: null },
			},
			fields,
		);
		expect(step).toEqual(change({ Name: 'Old', EmailAddress: '' }));
	});

	it('stays where somebody has changed it since, and is told', () => {
		const fields = { Name: 'New', FirstName: 'New' };
		const step = plan(
			{
				...{ change: 'updated', fields, base: agreedOn(fields) },
				previous: { Name: 'Old', FirstName: 'Old' },
			},
			{ Name: 'Newest', FirstName: 'New' },
		);
		expect(step).toEqual({
			kind: 'change',
			element: { FirstName: 'Old' },
			left: [
				{
					message: 'Name was changed since, and stays as it is.',
					nextStep: 'Look at Name in Xero.',
				},
			],
		});
	});

	it('is known as the push left it without a base too, as far as that named it', () => {
		const item = { change: 'updated', fields: { Name: 'New' }, previous: { Name: 'Old' } } as const;
		expect(plan(item, { Name: 'New' })).toEqual(change({ Name: 'Old' }));
		expect(plan(item, { Name: 'Newest' }).kind).toBe('impossible');
	});

	it('is gone where it is what it was', () => {
		const item = { change: 'updated', fields: { Name: 'New' }, previous: { Name: 'Old' } } as const;
		expect(plan(item, { Name: 'Old' })).toEqual({ kind: 'gone' });
	});

	it('gets back the slot that was pushed, and no other', () => {
		const phone = (type: string, number: string) => ({ PhoneType: type, PhoneNumber: number });
		const fields = { Phones: [phone('DEFAULT', '2')] };
		const step = plan(
			{
				...{ change: 'updated', fields, base: agreedOn(fields) },
				previous: { Phones: [phone('DEFAULT', '1'), phone('MOBILE', '5')] },
			},
			{ Phones: [phone('MOBILE', '6'), phone('DEFAULT', '2')] },
		);
		expect(step).toEqual(change({ Phones: [phone('MOBILE', '6'), phone('DEFAULT', '1')] }));
	});

	it('gets back its lines with their ids, as Xero takes them', () => {
		const line = {
			...{ LineItemID: 'L1', Description: 'Chair', Quantity: 1, UnitAmount: 10 },
			...{ LineAmount: 10, TaxAmount: 1.51, DiscountRate: 0, AccountID: 'a', Tracking: [] },
		};
		const fields = { LineItems: [{ Description: 'Chair', UnitAmount: 12 }] };
		const step = plan(
			{
				...{ entity: 'invoice', change: 'updated', fields, base: agreedOn(fields) },
				previous: { LineItems: [line], Date: '/Date(1772323200000+0000)/' },
			},
			{
				Status: 'DRAFT',
				LineItems: [{ ...line, UnitAmount: 12, LineAmount: 12 }],
				Date: '2026-03-01',
			},
		);
		expect(step).toEqual(
			change({
				LineItems: [
					{
						...{ LineItemID: 'L1', Description: 'Chair', Quantity: 1, UnitAmount: 10 },
						...{ TaxAmount: 1.51, Tracking: [] },
					},
				],
			}),
		);
	});

	it('stays where Xero does not take it back, in words', () => {
		const item: Partial<DoneItem> = {
			...{ entity: 'invoice', change: 'updated', fields: { Status: 'AUTHORISED' } },
			previous: { Status: 'DRAFT' },
		};
		expect(plan(item, { Status: 'AUTHORISED' })).toMatchObject({
			kind: 'impossible',
			message: expect.stringContaining('does not take a document back'),
		});
		const paid: Partial<DoneItem> = {
			...{ entity: 'invoice', change: 'updated', fields: { Date: '2026-03-02' } },
			previous: { Date: '2026-03-01' },
		};
		expect(plan(paid, { Status: 'PAID', AmountPaid: 1, Date: '2026-03-02' })).toMatchObject({
			kind: 'impossible',
			message: expect.stringContaining('payment or credit'),
		});
	});
});
