import { pushedOrganisation, type PushedOrganisation } from '../pushedOrganisation';
import { document, line, pushedRecords } from './pushedRecords';

describe('amounts, payments and credits', () => {
	let acme: PushedOrganisation;
	let one: ReturnType<typeof pushedRecords>['one'];
	let pushOne: ReturnType<typeof pushedRecords>['pushOne'];
	beforeAll(async () => {
		acme = await pushedOrganisation();
		({ one, pushOne } = pushedRecords(acme));
	}, 60_000);
	afterEach(() => acme.sandbox.setFaults({}));
	afterAll(() => acme.close());

	const payment = (changes: object) => ({
		...{ Account: { Code: '090' }, Date: '2026-11-02', Amount: 115 },
		...changes,
	});
	// Tax is 15 %, rounded on each line and then summed.
	it.each([
		[
			'44: four decimals of a price',
			document({ LineItems: [line({ UnitAmount: 1.2345, Quantity: 1000 })] }),
			{ SubTotal: 1234.5, TotalTax: 185.18, Total: 1419.68 },
		],
		[
			'44: amounts that include tax',
			document({ LineAmountTypes: 'Inclusive', LineItems: [line({ UnitAmount: 115 })] }),
			{ TotalTax: 15, Total: 115 },
		],
		[
			'44: a discount',
			document({ LineItems: [line({ DiscountRate: 12.5 })] }),
			{ SubTotal: 87.5, TotalTax: 13.13, Total: 100.63 },
		],
		[
			'44: a line of less than nothing',
			document({ LineItems: [line(), line({ Description: 'Less', UnitAmount: -30 })] }),
			{ SubTotal: 70, TotalTax: 10.5, Total: 80.5 },
		],
		[
			'44: nothing at all',
			document({ LineItems: [line({ UnitAmount: 0 })] }),
			{ SubTotal: 0, TotalTax: 0, Total: 0 },
		],
	])(
		'%s is in Xero as it was pushed, and as it was computed before',
		async (title, fields, totals) => {
			const dry = await acme.push({
				...{ entity: 'invoice', dryRun: true },
				records: [{ externalId: title, fields: { ...fields } }],
			});
			const item = await pushOne('invoice', title, fields);

			const computed = (dry.items[0] as unknown as { detail: { totals: { total: string } } })
				.detail;
			expect(Number(computed.totals.total)).toBe(totals.Total);
			expect(item.state).toBe('synced');
			expect(await one('Invoices', item.xeroId)).toMatchObject(totals);
		},
	);

	it('44: a total that differs by a cent is a warning that names both', async () => {
		// 3 × 0.15 of 0.35 is 0.1575 in all, and 0.05 on each line.
		const lines = Array.from({ length: 3 }, () => line({ UnitAmount: 0.35 }));
		const fields = document({ LineItems: lines, Total: 1.21 });

		const item = await pushOne('invoice', '44-cent', fields);

		expect(item).toMatchObject({
			state: 'warning',
			message: expect.stringMatching(/1\.20[\s\S]*1\.21|1\.21[\s\S]*1\.20/),
			nextStep: expect.any(String),
		});
		expect((await one('Invoices', item.xeroId))['Total']).toBe(1.2);
	});

	it.each([false, true])(
		'45: takes nothing for made that a 200 refuses inside (refusals in a 200 anyway: %s)',
		async (paymentErrorsIn200) => {
			await acme.sandbox.setFaults({ paymentErrorsIn200 });
			const owed = `45-${paymentErrorsIn200}`;
			const made = await pushOne('invoice', owed, document());

			const item = await pushOne('payment', `${owed}-paid`, {
				...payment({ Invoice: { externalId: owed }, Amount: 999 }),
			});

			expect(item).toMatchObject({
				...{ state: 'failed', xeroId: null },
				message: expect.stringContaining('exceeds the amount outstanding'),
				nextStep: expect.any(String),
			});
			expect((await one('Invoices', made.xeroId))['AmountPaid']).toBe(0);
		},
	);

	it('47: waits with a payment for its invoice, says so, and goes on at a retry', async () => {
		const before = await pushOne(
			'payment',
			'47-payment',
			payment({ Invoice: { externalId: '47' } }),
		);
		const invoice = await pushOne('invoice', '47', document());
		const retried = await acme.call('POST', `/pushes/${before.pushId}/retry`, {});
		const { items } = await acme.finished(before.pushId);

		expect(before).toMatchObject({
			state: 'failed',
			message: expect.stringContaining('47'),
			nextStep: expect.stringContaining('first'),
		});
		expect(retried.status).toBeLessThan(300);
		expect(items[0]).toMatchObject({ state: 'synced', change: 'created' });
		expect(await one('Invoices', invoice.xeroId)).toMatchObject({
			Status: 'PAID',
			AmountPaid: 115,
		});
	});

	it('48: does not pay more than is owed, and says what to compare', async () => {
		const invoice = await pushOne('invoice', '48', document());
		await pushOne('payment', '48-part', payment({ Invoice: { externalId: '48' }, Amount: 100 }));

		const item = await pushOne('payment', '48-rest', {
			...payment({ Invoice: { externalId: '48' }, Amount: 20 }),
		});

		expect(item).toMatchObject({
			state: 'failed',
			message: expect.stringContaining('exceeds the amount outstanding'),
			nextStep: expect.stringContaining('owes less'),
		});
		expect((await one('Invoices', invoice.xeroId))['AmountDue']).toBe(15);
	});

	it('49: pays a credit note back once, however often it is pushed', async () => {
		const credit = await pushOne('credit_note', '49', document({ Type: 'ACCRECCREDIT' }));
		const refund = payment({ CreditNote: { externalId: '49' }, Amount: 115 });

		const item = await pushOne('payment', '49-refund', refund);
		const again = await pushOne('payment', '49-refund', refund);

		expect(item).toMatchObject({ state: 'synced', change: 'created' });
		expect(again.state).toBe('unchanged');
		expect(await one('CreditNotes', credit.xeroId)).toMatchObject({ RemainingCredit: 0 });
	});
});
