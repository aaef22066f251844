import { pushedOrganisation, statesOf, type PushedOrganisation } from '../pushedOrganisation';
import { document, line, pushedRecords } from './pushedRecords';

/** What is counted is what Xero has, not what the hub says. */
describe('while a record is written', () => {
	let acme: PushedOrganisation;
	let inXero: ReturnType<typeof pushedRecords>['inXero'];
	let pushOne: ReturnType<typeof pushedRecords>['pushOne'];
	beforeAll(async () => {
		acme = await pushedOrganisation();
		({ inXero, pushOne } = pushedRecords(acme));
	}, 60_000);
	afterEach(() => acme.sandbox.setFaults({}));
	afterAll(() => acme.close());

	it.each([
		['invoice', 'Invoices', 'Reference=="Lost invoice"', {}],
		['bill', 'Invoices', 'Reference=="Lost bill"', { InvoiceNumber: 'S-36' }],
	])(
		'36: makes a %s once whose answer was lost, though it is pushed again after seven minutes',
		async (entity, list, where, changes) => {
			await acme.sandbox.setFaults({
				dropAfterCommit: { path: `/${list}`, method: 'PUT', times: 9 },
			});
			const isBill = entity === 'bill';
			const fields = document({
				...{ Reference: `Lost ${entity}`, ...changes },
				LineItems: [line({ AccountCode: isBill ? '400' : '200' })],
			});
			const records = [{ externalId: `36-${entity}`, fields }];
			const wish = { tenantId: acme.tenantId, system: 'crm', entity, codes: 'xero', records };
			const begun = await acme.call('POST', '/pushes', wish);
			await acme.pass(7 * 60 + 1);
			await acme.sandbox.setFaults({});

			await acme.push({ entity, records });

			const first = await acme.finished(begun.body.id as string);
			expect(first.items[0]?.state).toMatch(/synced|unchanged/);
			// Of bills Xero shows the number in the place of a reference.
			const made = isBill ? 'Type=="ACCPAY" AND InvoiceNumber=="S-36"' : where;
			expect(await inXero(list, made)).toHaveLength(1);
		},
		120_000,
	);

	it('36: finds what it has made in books so large that Xero refuses an OR', async () => {
		const records = Array.from({ length: 8 }, (_, index) => ({
			externalId: `large-${index}`,
			fields: { Name: `Large ${index}` },
		}));
		await acme.sandbox.setFaults({ highVolumeFrom: 1 });

		const push = await acme.push({ records });

		expect(push.counts).toEqual({ synced: 8 });
		// The OR, the first by itself, one for each, and the write.
		expect(push.calls).toBe(11);
	}, 120_000);

	describe('37: a contact’s name that is there already', () => {
		beforeAll(async () => {
			const Contacts = [
				{ Name: 'Mint Ltd' },
				{ Name: 'Sage Ltd' },
				{ Name: 'Basil Ltd' },
				{ Name: 'Thyme Ltd' },
			];
			const made = (await acme.writeToXero('PUT', '/Contacts', { Contacts })).Contacts!;
			await acme.writeToXero('POST', '/Contacts', {
				Contacts: [{ ContactID: made[2]!['ContactID'], ContactStatus: 'ARCHIVED' }],
			});
		});

		it.each([
			['37: is refused with what to do, where it is active', 'Mint Ltd'],
			['37: is the same in another case', 'mint LTD'],
			['37: is the same with repeated blanks', 'Mint   Ltd'],
		])('%s', async (_title, Name) => {
			const item = await pushOne('contact', `37 ${Name}`, { Name });

			expect(item).toMatchObject({
				state: 'failed',
				message: expect.stringContaining('already assigned to another contact'),
				nextStep: expect.stringContaining('matchBy'),
			});
			expect(await inXero('Contacts', 'Name=="Mint Ltd"')).toHaveLength(1);
		});

		it.each([
			['Sage Ltd', 'Sage Ltd'],
			// The same name to Xero: nothing was ever agreed that could be disputed.
			['thyme  ltd', 'Thyme Ltd'],
		])('37: is linked where the push says that a name is enough: %s for %s', async (Name, held) => {
			const item = await pushOne('contact', `37 ${Name}`, { Name }, { matchBy: ['Name'] });

			expect([item.state, item.change]).toEqual(['synced', null]);
			expect(await inXero('Contacts', `Name=="${held}"`)).toHaveLength(1);
		});

		it('37: is free again where the other is archived', async () => {
			const item = await pushOne('contact', '37 archived', { Name: 'Basil Ltd' });

			expect(item).toMatchObject({ state: 'synced', change: 'created' });
			expect(await inXero('Contacts', 'Name=="Basil Ltd"')).toHaveLength(2);
		});

		it('37: is refused in Xero’s words where it is too long', async () => {
			const item = await pushOne('contact', '37 long', { Name: 'x'.repeat(256) });

			expect(item).toMatchObject({
				state: 'failed',
				message: expect.stringContaining('255'),
				nextStep: expect.any(String),
			});
		});
	});

	it('38: makes a record once that two push at once', async () => {
		const records = [{ externalId: '38', fields: { Name: 'At once Ltd' } }];

		const both = await Promise.all([acme.push({ records }), acme.push({ records })]);

		for (const push of both) expect(push.items[0]?.state).toMatch(/synced|unchanged/);
		expect(await inXero('Contacts', 'Name=="At once Ltd"')).toHaveLength(1);
	});

	it('46: leaves 49 of 50 as they are where one is refused', async () => {
		await acme.writeToXero('PUT', '/Contacts', { Contacts: [{ Name: 'The one' }] });
		const records = Array.from({ length: 50 }, (_, index) => ({
			externalId: `46-${index}`,
			fields: { Name: index === 33 ? 'The one' : `Of fifty ${index}` },
		}));

		const push = await acme.push({ records });

		expect(push.counts).toEqual({ synced: 49, failed: 1 });
		expect(statesOf(push)['46-33']).toBe('failed');
		expect(await inXero('Contacts', 'Name.StartsWith("Of fifty")')).toHaveLength(49);
	});
});
