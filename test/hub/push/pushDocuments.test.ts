import { pushedOrganisation, statesOf, type PushedOrganisation } from './pushedOrganisation';

describe('documents of a shop that are pushed', () => {
	let acme: PushedOrganisation;
	beforeAll(async () => {
		acme = await pushedOrganisation();
		await acme.push({ records: [{ externalId: 'buyer', fields: { Name: 'Buyer' } }] });
	}, 60_000);
	afterAll(() => acme.close());

	const line = { Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' };
	const invoice = (externalId: string, fields: Readonly<Record<string, unknown>> = {}) => ({
		externalId,
		fields: {
			...{ Contact: { externalId: 'buyer' }, Date: '2026-11-02', DueDate: '2026-12-02' },
			...{ InvoiceNumber: `S-${externalId}`, LineItems: [line], ...fields },
		},
	});

	it('are drafts of the contact that the shop names, with a link back', async () => {
		const push = await acme.push({ entity: 'invoice', records: [invoice('1')] });

		const { Invoices } = await acme.atXero(`/Invoices/${push.items[0]?.xeroId}`);
		expect(Invoices?.[0]).toMatchObject({
			Type: 'ACCREC',
			Status: 'DRAFT',
			InvoiceNumber: 'S-1',
			Contact: { Name: 'Buyer' },
			Url: expect.stringMatching(/^http.*\/links\/[\w-]{22}$/),
		});
	});

	it('wait for nobody who was never pushed, and say what comes first', async () => {
		const push = await acme.push({
			entity: 'invoice',
			records: [invoice('2', { Contact: { externalId: 'stranger' } })],
		});

		expect(push.items[0]).toMatchObject({
			state: 'failed',
			message: 'Contact: the contact "stranger" is not linked to a record in Xero.',
			nextStep: 'Push the contact "stranger" first, then retry.',
		});
		expect(push.calls).toBe(0);
	});

	it('wait for the records that another push is about to make', async () => {
		await acme.sandbox.setFaults({ latencyMs: 200 });
		const contacts = Array.from({ length: 60 }, (_, index) => ({
			externalId: `new-${index}`,
			fields: { Name: `New ${index}` },
		}));
		const [, push] = await Promise.all([
			acme.push({ records: contacts }),
			acme.push({
				entity: 'invoice',
				records: [invoice('early', { Contact: { externalId: 'new-59' } })],
			}),
		]);
		await acme.sandbox.setFaults({});

		expect(statesOf(push)).toEqual({ early: 'synced' });
	});

	it('with unmapped codes name each, cost no call, and go once they are mapped', async () => {
		const push = await acme.push({
			entity: 'invoice',
			codes: 'mapped',
			records: [invoice('3', { LineItems: [{ ...line, AccountCode: '200', TaxType: 'VAT20' }] })],
		});

		expect(push.items[0]).toMatchObject({
			state: 'unmapped',
			message: 'Not mapped: account "200", tax rate "VAT20". Nothing was sent.',
			detail: {
				unmapped: [
					{ kind: 'account', key: '200' },
					{ kind: 'tax_rate', key: 'VAT20' },
				],
			},
		});
		expect(push.calls).toBe(0);
	});

	it('whose number another document has are conflicts, and never a second one', async () => {
		await acme.writeToXero('PUT', '/Invoices', {
			Invoices: [
				{
					...{ Type: 'ACCREC', Contact: { Name: 'Somebody else' }, InvoiceNumber: 'S-4' },
					...{ Date: '2026-11-02', DueDate: '2026-12-02', LineItems: [line] },
				},
			],
		});

		const push = await acme.push({ entity: 'invoice', records: [invoice('4')] });

		expect(push.items[0]).toMatchObject({
			state: 'conflict',
			nextStep: expect.stringContaining('Link the record'),
		});
		const { Invoices } = await acme.atXero('/Invoices?InvoiceNumbers=S-4&page=1');
		expect(Invoices).toHaveLength(1);
	});

	it('that were paid meanwhile are left as they are, in words', async () => {
		const { items } = await acme.push({
			entity: 'invoice',
			records: [invoice('5', { Status: 'AUTHORISED' })],
		});
		await acme.writeToXero('PUT', '/Payments', {
			Payments: [
				{
					...{ Invoice: { InvoiceID: items[0]?.xeroId }, Account: { Code: '090' } },
					...{ Date: '2026-11-03', Amount: 10 },
				},
			],
		});

		const push = await acme.push({
			entity: 'invoice',
			records: [invoice('5', { Status: 'AUTHORISED', LineItems: [{ ...line, UnitAmount: 120 }] })],
		});

		expect(push.items[0]).toMatchObject({
			state: expect.stringMatching(/failed|conflict/),
			message: expect.stringMatching(/payment|changed/),
			nextStep: expect.any(String),
		});
	});

	it('whose total is a cent off go with a warning, and are refused where the push says so', async () => {
		const lines = [1, 2, 3].map((number) => ({
			...{ Description: `Line ${number}`, Quantity: 1, UnitAmount: 0.1 },
			...{ AccountCode: '200', TaxType: 'OUTPUT2' },
		}));
		const off = (id: string) => invoice(id, { LineItems: lines, Total: 0.35 });

		const warned = await acme.push({ entity: 'invoice', records: [off('6')] });
		const refused = await acme.push({
			entity: 'invoice',
			records: [off('7')],
			rounding: 'refuse',
		});

		expect(warned.items[0]).toMatchObject({
			state: 'warning',
			message: expect.stringContaining('0.35'),
		});
		expect(refused.items[0]).toMatchObject({
			state: 'failed',
			message: expect.stringContaining('0.35'),
		});
	});

	it('are refused by row at the door', async () => {
		const { status, body } = await acme.call('POST', '/pushes', {
			...{ tenantId: acme.tenantId, system: 'crm', entity: 'invoice', policy: 'latest' },
			records: [invoice('8'), invoice('8'), invoice('9', { Type: 'ACCPAY' })],
		});

		expect(status).toBe(400);
		expect(body.detail).toContain('records.1.externalId: "8" is record 0 already');
		expect(body.detail).toContain('records.0.modifiedAt: is needed');
		expect(body.detail).toContain('records.2.fields.Type: must be ACCREC');
	});

	it('come once by their Idempotency-Key, and another request with it is refused', async () => {
		const wish = { entity: 'invoice', records: [invoice('10')] };
		const headers = { 'idempotency-key': 'run-1' };

		const first = await acme.push(wish, headers);
		const again = await acme.push(wish, headers);

		expect(again.id).toBe(first.id);
		await expect(
			acme.push({ entity: 'invoice', records: [invoice('11')] }, headers),
		).rejects.toThrow(/422.*idempotency_key_used/);
		expect(statesOf(first)).toEqual({ 10: 'synced' });
	});
});
