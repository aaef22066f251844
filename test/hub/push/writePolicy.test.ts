import { pushedOrganisation, type PushedOrganisation } from './pushedOrganisation';

describe('pushes into an organisation in which automation writes drafts only', () => {
	let acme: PushedOrganisation;
	beforeAll(async () => {
		acme = await pushedOrganisation();
		const { body } = await acme.call('GET', '/connections');
		const set = await fetch(`${acme.portal.hub.hub.url}/api/v1/connections/${body.items[0].id}`, {
			method: 'PATCH',
			headers: {
				authorization: `Bearer ${acme.portal.hub.adminKey}`,
				...{ 'x-workspace': 'acme', 'content-type': 'application/json' },
			},
			body: JSON.stringify({ writePolicy: 'drafts' }),
		});
		expect(set.status).toBe(200);
		await acme.push({ records: [{ externalId: 'buyer', fields: { Name: 'Buyer' } }] });
	}, 60_000);
	afterAll(() => acme.close());

	const invoice = (externalId: string, fields: Readonly<Record<string, unknown>> = {}) => ({
		externalId,
		fields: {
			...{ Contact: { externalId: 'buyer' }, Date: '2026-11-02', DueDate: '2026-12-02' },
			InvoiceNumber: `D-${externalId}`,
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
			...fields,
		},
	});
	const push = async (...of: Parameters<typeof invoice>) => {
		const { items } = await acme.push({ entity: 'invoice', records: [invoice(...of)] });
		return items[0];
	};
	const atXero = async (xeroId: string | null | undefined) =>
		(await acme.atXero(`/Invoices/${xeroId}`)).Invoices?.[0];

	it.each(['DRAFT', 'SUBMITTED'])('change one that is %s, which stays that', async (Status) => {
		const made = await push(Status);
		const { xeroId } = made ?? {};
		await acme.writeToXero('POST', `/Invoices/${xeroId}`, { Status });

		const changed = await push(Status, { Reference: 'R-2' });

		expect(changed).toMatchObject({ state: 'synced', change: 'updated' });
		expect(await atXero(xeroId)).toMatchObject({ Status, Reference: 'R-2' });
	});

	it('leave one that a person has approved alone, and say why', async () => {
		const made = await push('approved');
		await acme.writeToXero('POST', `/Invoices/${made?.xeroId}`, { Status: 'AUTHORISED' });

		const refused = await push('approved', { Reference: 'R-2' });

		expect(refused).toMatchObject({
			state: 'failed',
			message: expect.stringContaining('a document with Status AUTHORISED is none'),
		});
		expect((await atXero(made?.xeroId))?.['Reference'] ?? '').toBe('');
	});

	it('approve none', async () => {
		const made = await push('asks', { Status: 'DRAFT' });

		const refused = await push('asks', { Status: 'AUTHORISED' });

		expect(refused?.message).toContain('a document with Status AUTHORISED is none');
		expect(await atXero(made?.xeroId)).toMatchObject({ Status: 'DRAFT' });
	});
});
