import { pushedOrganisation, statesOf, type PushedOrganisation } from './pushedOrganisation';

describe('a push that is undone', () => {
	let acme: PushedOrganisation;
	beforeAll(async () => {
		acme = await pushedOrganisation();
	}, 60_000);
	afterAll(() => acme.close());

	const undo = async (id: string) => {
		const { status, body } = await acme.call('POST', `/pushes/${id}/undo`);
		if (status !== 202 && status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
		return acme.finished(body.id);
	};
	const idsOf = ({ items }: { items: ReadonlyArray<{ xeroId: string | null }> }) =>
		items.map(({ xeroId }) => xeroId);
	const contact = async () =>
		(await acme.push({ records: [{ externalId: 'buyer', fields: { Name: 'Buyer' } }] })).items[0]
			?.xeroId;
	const invoice = async (more: Record<string, unknown> = {}) => ({
		Contact: { ContactID: await contact() },
		Date: '2026-11-02',
		DueDate: '2026-12-02',
		LineItems: [{ Description: 'Chair', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
		...more,
	});

	it('takes contacts away, frees what names them, and the next push makes new ones', async () => {
		const records = [
			{ externalId: 'u1', fields: { Name: 'Una' } },
			{ externalId: 'u2', fields: { Name: 'Ursula', ContactNumber: 'U-2' } },
		];
		const made = await acme.push({ records });

		const undone = await undo(made.id);

		expect(statesOf(undone)).toEqual({ u1: 'undone', u2: 'undone' });
		expect(statesOf(await acme.finished(made.id))).toEqual({ u1: 'undone', u2: 'undone' });
		const { Contacts } = await acme.atXero(
			`/Contacts?IDs=${idsOf(made).join(',')}&includeArchived=true`,
		);
		expect(Contacts?.map(({ ContactStatus }) => ContactStatus)).toEqual(['ARCHIVED', 'ARCHIVED']);

		const again = await acme.push({ records });
		expect(statesOf(again)).toEqual({ u1: 'synced', u2: 'synced' });
		expect(idsOf(again)).not.toEqual(idsOf(made));
	});

	it('deletes drafts, voids what is approved, and undoing it twice is harmless', async () => {
		const made = await acme.push({
			entity: 'invoice',
			records: [
				{ externalId: 'draft', fields: await invoice() },
				{ externalId: 'approved', fields: await invoice({ Status: 'AUTHORISED' }) },
			],
		});
		expect(statesOf(made)).toEqual({ draft: 'synced', approved: 'synced' });

		expect(statesOf(await undo(made.id))).toEqual({ draft: 'undone', approved: 'undone' });
		expect((await undo(made.id)).items).toEqual([]);

		const statuses = await Promise.all(
			idsOf(made).map(
				async (id) => (await acme.atXero(`/Invoices/${id}`)).Invoices?.[0]?.['Status'],
			),
		);
		expect(statuses).toEqual(['DELETED', 'VOIDED']);

		const again = await acme.push({
			entity: 'invoice',
			records: [{ externalId: 'approved', fields: await invoice({ Status: 'AUTHORISED' }) }],
		});
		expect(again.items[0]).toMatchObject({ state: 'synced', change: 'created' });
	});

	it('says what stays, and takes it back once its payments are', async () => {
		const invoices = await acme.push({
			entity: 'invoice',
			records: [{ externalId: 'paid', fields: await invoice({ Status: 'AUTHORISED' }) }],
		});
		const payments = await acme.push({
			entity: 'payment',
			records: [
				{
					externalId: 'p1',
					fields: {
						Invoice: { InvoiceID: invoices.items[0]?.xeroId },
						Account: { Code: '090' },
						Date: '2026-11-03',
						Amount: 50,
					},
				},
			],
		});
		expect(statesOf(payments)).toEqual({ p1: 'synced' });

		const early = await undo(invoices.id);
		expect(early.items[0]).toMatchObject({
			state: 'failed',
			message: expect.stringContaining('has a payment or credit against it'),
			nextStep: expect.stringContaining('Undo the push of its payments first'),
		});
		expect(statesOf(await undo(payments.id))).toEqual({ p1: 'undone' });
		expect(statesOf(await undo(invoices.id))).toEqual({ paid: 'undone' });
	});

	it('removes items and unused accounts, and deletes tax rates and bank transactions', async () => {
		const pushes = [
			await acme.push({
				entity: 'item',
				records: [{ externalId: 'i', fields: { Code: 'UNDO', Name: 'Undo' } }],
			}),
			await acme.push({
				entity: 'account',
				records: [{ externalId: 'a', fields: { Code: '987', Name: 'Undo', Type: 'EXPENSE' } }],
			}),
			await acme.push({
				entity: 'tax_rate',
				records: [
					{
						externalId: 't',
						fields: {
							Name: 'Undo',
							ReportTaxType: 'OUTPUT',
							TaxComponents: [{ Name: 'Undo', Rate: 5 }],
						},
					},
				],
			}),
			await acme.push({
				entity: 'bank_transaction',
				records: [
					{
						externalId: 'b',
						fields: {
							...{ Type: 'SPEND', Contact: { ContactID: await contact() } },
							...{ BankAccount: { Code: '090' }, Date: '2026-11-02' },
							LineItems: [{ Description: 'Tea', Quantity: 1, UnitAmount: 5, AccountCode: '400' }],
						},
					},
				],
			}),
		];
		for (const push of pushes) {
			expect({ push, states: Object.values(statesOf(push)) }).toMatchObject({ states: ['synced'] });
			const undone = await undo(push.id);
			expect({ undone, states: Object.values(statesOf(undone)) }).toMatchObject({
				states: ['undone'],
			});
		}
		const { Items } = await acme.atXero('/Items');
		expect(Items?.map(({ Code }) => Code)).not.toContain('UNDO');
	});

	it('puts changes back, but not what somebody has changed since; pushed again, they are made again', async () => {
		const old = { Name: 'Vera', FirstName: 'Vera', EmailAddress: 'v@example.com' };
		await acme.push({ records: [{ externalId: 'v', fields: old }] });
		const fields = { ...old, FirstName: 'Veronica', EmailAddress: 'veronica@example.com' };
		const changed = await acme.push({ records: [{ externalId: 'v', fields }] });
		const id = changed.items[0]?.xeroId;
		await acme.writeToXero('POST', '/Contacts', {
			Contacts: [{ ContactID: id, EmailAddress: 'person@example.com' }],
		});

		const undone = await undo(changed.id);

		expect(undone.items[0]).toMatchObject({
			state: 'warning',
			message: 'EmailAddress was changed since, and stays as it is.',
		});
		const held = async () => (await acme.atXero(`/Contacts/${id}`)).Contacts?.[0];
		expect(await held()).toMatchObject({ FirstName: 'Vera', EmailAddress: 'person@example.com' });

		await acme.push({ records: [{ externalId: 'v', fields }], policy: 'xero' });
		expect(await held()).toMatchObject({
			FirstName: 'Veronica',
			EmailAddress: 'person@example.com',
		});
	});
});
