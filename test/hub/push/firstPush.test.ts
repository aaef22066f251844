import { pushedOrganisation, statesOf, type PushedOrganisation } from './pushedOrganisation';

describe('the first push of a CRM', () => {
	let acme: PushedOrganisation;
	beforeEach(async () => {
		acme = await pushedOrganisation();
		await acme.push({ records: [{ externalId: '17', fields: { Name: 'Ada Ltd' } }] });
		await acme.sandbox.forgetRequests();
	}, 60_000);
	afterEach(() => acme.close());

	const line = { Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' };
	const invoice = (number: number, more: object = {}) => ({
		externalId: String(number),
		fields: {
			...{ Contact: { externalId: '17' }, InvoiceNumber: `F-${number}` },
			...{ Date: '2026-11-02', DueDate: '2026-12-02' },
			LineItems: [{ ...line, TaxType: 'OUTPUT2' }],
			...more,
		},
	});
	const many = (count: number, more: (index: number) => object) =>
		Array.from({ length: count }, (_, index) => invoice(index, more(index)));
	const requests = async (method: string, collection: string) =>
		(await acme.sandbox.requests()).filter(
			(one) => one.method === method && one.path.endsWith(`/${collection}`),
		);
	const map = (key: string, value: string) =>
		acme.call('PUT', `/mappings/${acme.tenantId}/account/${key}`, { value });

	it('asks for the rates once, not with each fifty documents', async () => {
		const push = await acme.push({
			entity: 'invoice',
			records: many(120, () => ({ Total: '115.00' })),
		});

		expect(push.counts).toEqual({ synced: 120 });
		expect(await requests('GET', 'TaxRates')).toHaveLength(1);
	});

	it('refuses nothing because of a rate that was changed in Xero meanwhile', async () => {
		const rate = (Rate: number) => ({
			TaxRates: [
				{
					...{ Name: 'Local', ReportTaxType: 'OUTPUT' },
					TaxComponents: [{ Name: 'Local', Rate, IsCompound: false, IsNonRecoverable: false }],
				},
			],
		});
		const { TaxRates: made } = await acme.writeToXero('PUT', '/TaxRates', rate(10));
		const TaxType = String(made?.[0]?.['TaxType']);
		const pushed = (number: number, Total: string) =>
			acme.push({
				...{ entity: 'invoice', rounding: 'refuse' },
				records: [invoice(number, { Total, LineItems: [{ ...line, TaxType }] })],
			});
		const before = await pushed(1, '110.00');

		await acme.writeToXero('POST', '/TaxRates', {
			TaxRates: [{ ...rate(20).TaxRates[0], TaxType }],
		});
		const after = await pushed(2, '120.00');

		expect([before, after].map(statesOf)).toEqual([{ 1: 'synced' }, { 2: 'synced' }]);
	});

	it('sends whole requests, however many of its records wait for codes', async () => {
		await map('sales', '200');
		const records = many(150, (index) => ({
			LineItems: [{ ...line, AccountCode: index % 3 === 0 ? 'sales' : 'unknown' }],
		}));

		const push = await acme.push({ entity: 'invoice', codes: 'mapped', records });

		expect(push.counts).toEqual({ synced: 50, unmapped: 100 });
		expect((await requests('PUT', 'Invoices')).map(({ elements }) => elements)).toEqual([50]);
	});

	it('does not bring old values back where a later push has brought newer ones', async () => {
		const lines = (AccountCode: string) => ({ LineItems: [{ ...line, AccountCode }] });
		await map('sales', '200');
		const held = await acme.push({
			...{ entity: 'invoice', codes: 'mapped' },
			records: [invoice(1, { ...lines('late'), Reference: 'old' })],
		});
		await acme.push({
			...{ entity: 'invoice', codes: 'mapped' },
			records: [invoice(1, { ...lines('sales'), Reference: 'new' })],
		});

		await map('late', '260');
		await acme.call('POST', `/pushes/${held.id}/retry`, {});

		expect((await acme.finished(held.id)).items[0]).toMatchObject({
			state: 'skipped',
			message: expect.stringContaining('later push'),
		});
		const { Invoices: invoices } = await acme.atXero('/Invoices?InvoiceNumbers=F-1');
		expect(invoices).toMatchObject([{ Reference: 'new' }]);
	});

	it('still brings what a later push did not name', async () => {
		await map('sales', '200');
		await acme.push({ entity: 'invoice', records: [invoice(1)] });
		const held = await acme.push({
			...{ entity: 'invoice', codes: 'mapped' },
			records: [
				{
					externalId: '1',
					fields: { LineItems: [{ ...line, AccountCode: 'late', UnitAmount: 7 }] },
				},
			],
		});
		await acme.push({
			entity: 'invoice',
			records: [{ externalId: '1', fields: { Reference: 'later' } }],
		});

		await map('late', '260');
		await acme.call('POST', `/pushes/${held.id}/retry`, {});

		expect(statesOf(await acme.finished(held.id))).toEqual({ 1: 'synced' });
		const { Invoices: invoices } = await acme.atXero('/Invoices?InvoiceNumbers=F-1');
		expect(invoices).toMatchObject([{ Reference: 'later', SubTotal: 7 }]);
	});
});
