import { eventually } from '../../support/eventually';
import {
	pushedOrganisation,
	statesOf,
	type PushedOrganisation,
	type XeroAnswer,
} from './pushedOrganisation';

/** What people do to both systems that no workflow expects. */
describe('a record of a CRM', () => {
	let acme: PushedOrganisation;
	beforeAll(async () => {
		acme = await pushedOrganisation();
		await acme.sandbox.setLimits({ minute: 1_000_000, day: 10_000_000, appMinute: 10_000_000 });
	}, 60_000);
	afterEach(() => acme.sandbox.setFaults({}));
	afterAll(() => acme.close());

	const one = (externalId: string, fields: Readonly<Record<string, unknown>>) => [
		{ externalId, fields },
	];
	const named = async (name: string): Promise<readonly XeroAnswer[]> => {
		const where = encodeURIComponent(`Name=="${name}"`);
		const { Contacts = [] } = await acme.atXero(
			`/Contacts?where=${where}&includeArchived=true&page=1`,
		);
		return Contacts;
	};
	const contact = async (id: unknown) =>
		(await acme.atXero(`/Contacts/${String(id)}`)).Contacts?.[0];
	const linkPath = (externalId: string, system = 'crm') =>
		`/links/${acme.tenantId}/${system}/contact/${externalId}`;
	const undo = async (id: string) => {
		const { body } = await acme.call('POST', `/pushes/${id}/undo`);
		return body.id as string;
	};

	it('is made once more where it is pushed while its undo runs', async () => {
		const records = ['u1', 'u2', 'u3'].map((id) => ({
			externalId: id,
			fields: { Name: `Undone ${id}` },
		}));
		const made = await acme.push({ records });
		await acme.sandbox.setFaults({ latencyMs: 200 });

		const undoId = await undo(made.id);
		const again = await acme.push({ records });
		await acme.finished(undoId);
		const last = await acme.push({ records });

		expect(statesOf(await acme.finished(undoId))).toEqual({
			u1: 'undone',
			u2: 'undone',
			u3: 'undone',
		});
		expect(Object.values(statesOf(again))).toEqual(
			Array.from({ length: 3 }, () => expect.stringMatching(/synced|unchanged/)),
		);
		for (const { externalId, xeroId } of last.items) {
			const all = await named(`Undone ${externalId}`);
			const active = all.filter(({ ContactStatus: status }) => status === 'ACTIVE');
			expect(active.map(({ ContactID: id }) => id)).toEqual([xeroId]);
		}
	}, 60_000);

	it('has an undo that is not undone itself, and says so', async () => {
		const made = await acme.push({ records: one('undo-2', { Name: 'Undo twice' }) });
		const undoId = await undo(made.id);
		await acme.finished(undoId);

		const { status, body } = await acme.call('POST', `/pushes/${undoId}/undo`);

		expect({ status, body }).toMatchObject({
			status: 409,
			body: { detail: expect.stringContaining('undo') },
		});
	});

	it('keeps what Xero has changed since when its push is undone, and the next push does not bring it back', async () => {
		const old = { Name: 'Kept', FirstName: 'Old', LastName: 'Old' };
		await acme.push({ records: one('kept', old) });
		const changed = await acme.push({
			records: one('kept', { ...old, FirstName: 'New', LastName: 'New' }),
		});
		const id = changed.items[0]?.xeroId;
		await acme.writeToXero('POST', '/Contacts', {
			Contacts: [{ ContactID: id, LastName: 'Xero' }],
		});
		await acme.finished(await undo(changed.id));

		expect(await contact(id)).toMatchObject({ FirstName: 'Old', LastName: 'Xero' });
		const push = await acme.push({ records: one('kept', old), policy: 'xero' });

		expect(push.items[0]?.change).toBeNull();
		expect(await contact(id)).toMatchObject({ FirstName: 'Old', LastName: 'Xero' });
	});

	it('is one with the record of another system that is linked to the same contact', async () => {
		const fields = { Name: 'Shared', FirstName: 'Ann', EmailAddress: 'ann@example.com' };
		const { xeroId } = (await acme.push({ records: one('shared', fields) })).items[0] ?? {};
		await acme.call('PUT', linkPath('s-1', 'shop'), { xeroId, fields });

		const [fromCrm] = (
			await acme.push({ records: one('shared', { ...fields, FirstName: 'Berta' }) })
		).items;
		const [fromShop] = (
			await acme.push({
				system: 'shop',
				records: one('s-1', { ...fields, EmailAddress: 'b@example.com' }),
			})
		).items;
		const [crmAgain] = (
			await acme.push({ records: one('shared', { ...fields, FirstName: 'Berta' }) })
		).items;

		expect([fromCrm?.state, fromShop?.state, crmAgain?.state]).toEqual([
			'synced',
			'synced',
			'unchanged',
		]);
		expect(await contact(xeroId)).toMatchObject({
			FirstName: 'Berta',
			EmailAddress: 'b@example.com',
		});
		// Both write one member: the later one has not seen the earlier one's word.
		await acme.push({ records: one('shared', { ...fields, FirstName: 'Carla' }), policy: 'ask' });
		const [conflict] = (
			await acme.push({
				system: 'shop',
				records: one('s-1', { ...fields, FirstName: 'Dora' }),
				policy: 'ask',
			})
		).items;
		expect(conflict).toMatchObject({
			state: 'conflict',
			message: expect.stringContaining('FirstName'),
		});
		expect(await named('Shared')).toHaveLength(1);
	});

	it('that was deleted and made anew is not made twice: the link of the old one is named', async () => {
		const fields = { Name: 'Made anew' };
		const { xeroId } = (await acme.push({ records: one('old-id', fields) })).items[0] ?? {};

		const [unmatched] = (await acme.push({ records: one('new-id', fields) })).items;
		expect(unmatched).toMatchObject({
			state: 'failed',
			nextStep: expect.stringContaining('matchBy ["Name"]'),
		});
		const again = { records: one('new-id', fields), matchBy: ['Name'] };
		const [matched] = (await acme.push(again)).items;

		expect(matched).toMatchObject({
			state: 'conflict',
			message:
				'Xero\'s contact with the Name "Made anew" is linked to "old-id" of crm. If that is gone, remove its link.',
		});
		await acme.call('DELETE', linkPath('old-id'));
		expect((await acme.push(again)).items[0]).toMatchObject({ state: 'synced', xeroId });
		expect(await named('Made anew')).toHaveLength(1);
	});

	it('that was deleted and made anew with its number or code is not made twice', async () => {
		const wishes = [
			{ entity: 'item', fields: { Code: 'ANEW', Name: 'Anew' } },
			{ entity: 'account', fields: { Code: '989', Name: 'Anew', Type: 'EXPENSE' } },
			{
				entity: 'invoice',
				fields: {
					...{ Contact: { Name: 'Anew buyer' }, InvoiceNumber: 'ANEW-1', Date: '2026-11-02' },
					LineItems: [{ Description: 'A', Quantity: 1, UnitAmount: 1, AccountCode: '200' }],
				},
			},
		];
		for (const { entity, fields } of wishes) {
			await acme.push({ entity, records: one('old-id', fields) });
			const [item] = (await acme.push({ entity, records: one('new-id', fields) })).items;
			expect({ entity, item }).toMatchObject({
				item: {
					state: expect.stringMatching(/failed|conflict/),
					nextStep: expect.stringMatching(/link/i),
				},
			});
		}
	});

	it('that is a bill is another one under another id, though its number is the same', async () => {
		const fields = {
			...{ Contact: { Name: 'Anew sender' }, InvoiceNumber: 'ANEW-B', Date: '2026-11-02' },
			LineItems: [{ Description: 'A', Quantity: 1, UnitAmount: 1, AccountCode: '400' }],
		};
		const first = await acme.push({ entity: 'bill', records: one('bill-1', fields) });
		const second = await acme.push({ entity: 'bill', records: one('bill-2', fields) });

		expect([...first.items, ...second.items].map(({ change }) => change)).toEqual([
			'created',
			'created',
		]);
	});

	it('whose id is another customer’s now asks before it changes the contact that it was', async () => {
		const { xeroId } =
			(await acme.push({ records: one('reused', { Name: 'The first' }) })).items[0] ?? {};
		await acme.call('DELETE', linkPath('reused'));

		const [item] = (await acme.push({ records: one('reused', { Name: 'The second' }) })).items;

		expect(item).toMatchObject({
			state: 'conflict',
			message: expect.stringContaining('Name'),
			xeroId,
		});
		expect(await contact(xeroId)).toMatchObject({ Name: 'The first' });
	});

	it('that was linked to the wrong contact leaves that as it was once the link is corrected', async () => {
		const [right, wrong] =
			(
				await acme.writeToXero('PUT', '/Contacts', {
					Contacts: [
						{ Name: 'Right', FirstName: 'R' },
						{ Name: 'Wrong', FirstName: 'W' },
					],
				})
			).Contacts ?? [];
		await acme.call('PUT', linkPath('by-hand'), { xeroId: wrong?.['ContactID'] });
		const asked = await acme.push({ records: one('by-hand', { FirstName: 'CRM' }), policy: 'ask' });
		expect(statesOf(asked)).toEqual({ 'by-hand': 'conflict' });
		const mistaken = await acme.push({
			records: one('by-hand', { FirstName: 'CRM' }),
			policy: 'external',
		});

		await acme.call('PUT', linkPath('by-hand'), { xeroId: right?.['ContactID'] });
		const push = await acme.push({
			records: one('by-hand', { FirstName: 'CRM' }),
			policy: 'external',
		});
		const undone = await acme.finished(await undo(mistaken.id));

		expect(statesOf(push)).toEqual({ 'by-hand': 'synced' });
		expect(statesOf(undone)).toEqual({ 'by-hand': 'undone' });
		expect(await contact(right?.['ContactID'])).toMatchObject({ FirstName: 'CRM' });
		expect(await contact(wrong?.['ContactID'])).toMatchObject({ FirstName: 'W' });
		expect((await acme.call('GET', linkPath('by-hand'))).body.xeroId).toBe(right?.['ContactID']);
	});

	it('whose contact is merged while it is pushed ends with what to do, and nothing is made', async () => {
		const made = await acme.push({
			records: [...one('from', { Name: 'Merged from' }), ...one('into', { Name: 'Merged into' })],
		});
		const [from, into] = made.items.map(({ xeroId }) => String(xeroId));
		await acme.sandbox.setFaults({ latencyMs: 300 });
		const before = (await acme.sandbox.requests()).length;
		const { body } = await acme.call('POST', '/pushes', {
			...{ tenantId: acme.tenantId, system: 'crm', entity: 'contact', policy: 'external' },
			records: one('from', { Name: 'Merged from', FirstName: 'Later' }),
		});
		await eventually('the push to read', async () =>
			(await acme.sandbox.requests()).length > before ? true : undefined,
		);
		await acme.sandbox.mergeContacts(acme.tenantId, from ?? '', into ?? '');
		await acme.sandbox.setFaults({});
		await acme.finished(body.id);

		const [item] = (
			await acme.push({
				records: one('from', { Name: 'Merged from', FirstName: 'Last' }),
				policy: 'external',
			})
		).items;

		expect(item).toMatchObject({
			state: 'failed',
			message: expect.stringMatching(/merged|archived/),
			nextStep: expect.any(String),
		});
		expect(await named('Merged from')).toHaveLength(1);
		expect(await named('Merged into')).toHaveLength(1);
	});

	it('is made once in an organisation that was reset, after its link is removed', async () => {
		const records = one('reset', { Name: 'Before the reset' });
		await acme.push({ records });
		await acme.sandbox.resetOrganisation(acme.tenantId, { disconnects: false });

		const [gone] = (await acme.push({ records: one('reset', { Name: 'After the reset' }) })).items;
		expect(gone).toMatchObject({ state: 'failed', nextStep: expect.stringContaining('link') });
		expect(await named('After the reset')).toHaveLength(0);
		await acme.call('DELETE', linkPath('reset'));
		const [made] = (await acme.push({ records })).items;

		expect(made).toMatchObject({ state: 'synced', change: 'created' });
		expect(await named('Before the reset')).toHaveLength(1);
		expect((await acme.push({ records })).items[0]?.state).toBe('unchanged');
	});

	it('whose link cannot be set in this minute of Xero’s is told how long to wait, as any call is', async () => {
		const fields = { Name: 'Waits', FirstName: 'Ann' };
		const { xeroId } = (await acme.push({ records: one('waits', fields) })).items[0] ?? {};
		await acme.sandbox.setLimits({ minute: 0 });

		const { url } = acme.portal.hub.hub;
		const answer = await fetch(`${url}/api/v1${linkPath('waits')}`, {
			method: 'PUT',
			headers: { authorization: `Bearer ${acme.apiKey}`, 'content-type': 'application/json' },
			body: JSON.stringify({ xeroId, fields: { ...fields, FirstName: 'ANN' } }),
		});

		expect(answer.status).toBe(429);
		expect(answer.headers.get('x-rate-limit-problem')).toBe('minute');
		expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
	});
});
