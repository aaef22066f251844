import { saveStates } from '../../../hub-server/src/records/recordStates';
import { eventually } from '../../support/eventually';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { connectedTestHub, type ConnectedTestHub } from '../../support/connectedTestHub';

const NOBODY = '00000000-0000-4000-8000-00000000abcd';

describe('links over the API', () => {
	let hub: ConnectedTestHub;
	let tenantId: string;
	let organisation: string;
	/** In Xero. */
	let contacts: ReadonlyArray<{
		readonly ContactID: string;
		readonly Name: string;
		readonly EmailAddress: string;
	}>;
	beforeAll(async () => {
		hub = await connectedTestHub();
		const [first] = hub.connections;
		tenantId = first?.tenantId ?? '';
		organisation = first?.tenantName ?? '';
		await hub.sandbox.seed(tenantId, { contacts: 5, invoices: 2 });
		contacts = (await hub.xero(tenantId, 'Contacts?pageSize=5&page=1')).Contacts;
	}, 60_000);
	afterAll(() => hub.close());
	beforeEach(async () => {
		const ledger = connectDatabase({ dataDir: hub.t.dataDir });
		await ledger.db.deleteFrom('links').execute();
		await ledger.close();
		await hub.sandbox.forgetRequests();
	});

	const contactId = (index = 0) => contacts[index]?.ContactID ?? '';
	const pathOf = (externalId: string, tenant = tenantId, entity = 'contact') =>
		`/links/${tenant}/crm/${entity}/${encodeURIComponent(externalId)}`;
	const importCsv = (text: string, query = '') => hub.postCsv(`/links/import${query}`, text);

	it('are made once, told, listed and removed; an external id may hold any character', async () => {
		const externalId = 'a/b 1?ü';
		const made = await hub.call('PUT', pathOf(externalId), {
			xeroId: contactId().toUpperCase(),
			fields: { Name: ` ${contacts[0]?.Name} `, EmailAddress: 'else@example.com' },
		});
		const again = await hub.call('PUT', pathOf(externalId), { xeroId: contactId() });

		expect([made.status, again.status]).toEqual([201, 200]);
		expect(again.body).toEqual(made.body);
		expect(made.body).toMatchObject({
			...{ tenantId, system: 'crm', entity: 'contact', externalId, xeroId: contactId() },
			...{ state: 'linked', reason: null },
			base: {
				// Each side in its own spelling: what the system made of it is no edit in Xero.
				Name: { external: ` ${contacts[0]?.Name} `, xero: contacts[0]?.Name },
				EmailAddress: { external: 'else@example.com', xero: contacts[0]?.EmailAddress },
			},
		});
		// It was looked up once: what is linked to the same record is not asked for again.
		const asked = await hub.sandbox.requests();
		expect(asked.filter(({ path }) => path.endsWith('/Contacts'))).toHaveLength(1);
		expect((await hub.call('GET', pathOf(externalId))).body).toEqual(made.body);
		const listed = await hub.call('GET', `/links?tenantId=${tenantId}&search=A%2FB`);
		expect(listed.body.items).toEqual([made.body]);

		expect((await hub.call('DELETE', pathOf(externalId))).status).toBe(204);
		expect((await hub.call('GET', pathOf(externalId))).status).toBe(404);
		expect((await hub.call('DELETE', pathOf(externalId))).status).toBe(404);
	});

	it('name whose a record of Xero is', async () => {
		await hub.call('PUT', pathOf('c-1'), { xeroId: contactId() });

		expect(await hub.call('PUT', pathOf('c-2'), { xeroId: contactId() })).toMatchObject({
			status: 409,
			body: { code: 'link_taken', xeroId: contactId(), externalId: 'c-1' },
		});
	});

	it('are refused for what the organisation does not have, in words', async () => {
		const none = await hub.call('PUT', pathOf('c-1'), { xeroId: NOBODY });
		const noGuid = await hub.call('PUT', pathOf('c-1'), { xeroId: 'ACME' });
		const elsewhere = await hub.call('PUT', pathOf('c-1', NOBODY), { xeroId: contactId() });
		const noEntity = await hub.call('PUT', pathOf('c-1', tenantId, 'quote'), { xeroId: NOBODY });
		const { Invoices } = await hub.xero(tenantId, 'Invoices?page=1');
		const sale = (Invoices as { Type: string; InvoiceID: string }[]).find(
			({ Type }) => Type === 'ACCREC',
		);
		const asBill = await hub.call('PUT', pathOf('b-1', tenantId, 'bill'), {
			xeroId: sale?.InvoiceID,
		});

		expect(none).toMatchObject({
			status: 400,
			body: {
				detail: expect.stringContaining(`${organisation} has no contact ${NOBODY}`) as string,
			},
		});
		expect(noGuid.status).toBe(400);
		expect(elsewhere).toMatchObject({ status: 404, body: { code: 'unknown_tenant' } });
		expect(noEntity.status).toBe(404);
		expect(asBill.body.detail).toContain('is a sales invoice: its entity is invoice');
		expect((await hub.call('GET', '/links')).body.items).toEqual([]);
	});

	it('take a tax rate by its TaxType, which is asked for by its list', async () => {
		const { TaxRates } = await hub.xero(tenantId, 'TaxRates');
		const taxType = (TaxRates as { TaxType: string }[])[0]?.TaxType;

		const made = await hub.call('PUT', pathOf('vat', tenantId, 'tax_rate'), { xeroId: taxType });
		const none = await hub.call('PUT', pathOf('none', tenantId, 'tax_rate'), { xeroId: 'NOBODYS' });

		expect(made).toMatchObject({ status: 201, body: { xeroId: taxType } });
		expect(none.status).toBe(400);
	});

	it('of no organisation yet go by "-", and Xero is not asked', async () => {
		const made = await hub.call('PUT', pathOf('c-1', '-'), { xeroId: NOBODY });
		const listed = await hub.call('GET', '/links?tenantId=-');

		expect(made).toMatchObject({ status: 201, body: { tenantId: null } });
		expect(listed.body.items).toEqual([made.body]);
		expect(
			(
				await hub.call('PUT', '/links', {
					...{
						tenantId: null,
						system: 'crm',
						entity: 'contact',
						externalId: 'c-1',
						xeroId: NOBODY,
					},
				})
			).body,
		).toEqual(made.body);
		expect(await hub.sandbox.requests()).toEqual([]);
	});

	it('come by CSV, which is taken again without a change, and go out as they came', async () => {
		const csv = [
			'External ID;System;Entity;Xero ID',
			`c-1;crm;contact;${contactId(0)}`,
			`"c;2";crm;contact;${contactId(1)}`,
			`c-3;crm;contact;${contactId(1)}`,
			`c-1;crm;contact;${contactId(2)}`,
			'',
		].join('\r\n');

		const first = await importCsv(csv, `?tenantId=${tenantId}`);
		const again = await importCsv(csv, `?tenantId=${tenantId}`);

		expect(first).toMatchObject({
			status: 200,
			body: {
				...{ made: 2, changed: 0, unchanged: 0 },
				conflicts: [
					{ row: 4, reason: expect.stringContaining('linked to "c;2" already') as string },
					{ row: 5, reason: expect.stringContaining('in row 2') as string },
				],
			},
		});
		expect(again.body).toMatchObject({ made: 0, changed: 0, unchanged: 2 });
		const exported = (await hub.call('GET', '/links/export')).body as string;
		expect(exported.split('\r\n').toSorted()).toEqual(
			[
				'',
				'tenantId,system,entity,externalId,xeroId',
				`${tenantId},crm,contact,"c;2",${contactId(1)}`,
				`${tenantId},crm,contact,c-1,${contactId(0)}`,
			].toSorted(),
		);
		expect((await importCsv(exported)).body).toMatchObject({
			made: 0,
			unchanged: 2,
			conflicts: [],
		});
	});

	it('of a file with rows that cannot be read are not linked at all', async () => {
		const rows = [
			{ system: 'crm', entity: 'contact', externalId: 'c-1', xeroId: contactId() },
			{ system: '*', entity: 'contact', externalId: 'c-2', xeroId: contactId() },
			{ system: 'crm', entity: 'customer', externalId: 'c-3', xeroId: contactId() },
			{ system: 'crm', entity: 'contact', externalId: '', xeroId: contactId() },
			{ system: 'crm', entity: 'contact', externalId: 'c-5', xeroId: 'ACME' },
		];

		const { status, body } = await hub.call('POST', '/links/import', { links: rows });
		const headless = await importCsv('a,b\r\n1,2\r\n');

		expect(status).toBe(400);
		for (const row of [2, 3, 4, 5]) expect(body.detail).toContain(`row ${row}: `);
		expect(body.detail).not.toContain('row 1: ');
		expect(headless.body.detail).toContain('externalId');
		expect((await hub.call('GET', '/links')).body.items).toEqual([]);
	});

	it('of no organisation are migrated to one, and back', async () => {
		const rows = [0, 1].map((index) => `crm,contact,c-${index},${contactId(index)}`);
		rows.push(`crm,contact,nobody,${NOBODY}`);
		await importCsv(['system,entity,externalId,xeroId', ...rows].join('\n'));

		const dry = await hub.call('POST', '/migrate', { toTenantId: tenantId, dryRun: true });
		const { status, body } = await hub.call('POST', '/migrate', { toTenantId: tenantId });
		const done = await eventually('the migration to end', async () => {
			const now = (await hub.call('GET', `/migrate/${body.id}`)).body;
			return now.status === 'finished' ? now : undefined;
		});

		expect(dry).toMatchObject({
			status: 200,
			body: { status: 'finished', counts: { links: 3, unknown: 3 }, calls: 1 },
		});
		expect(status).toBe(202);
		expect(done).toMatchObject({ counts: { links: 3, found: 2, missing: 1 }, calls: 1 });
		const assigned = await hub.call('GET', `/links?tenantId=${tenantId}`);
		expect(assigned.body.items).toHaveLength(2);
		const listed = (await hub.call('GET', '/migrate')).body.items as { id: string }[];
		expect(listed.map(({ id }) => id)).toEqual([body.id, dry.body.id]);

		const reverted = await hub.call('POST', `/migrate/${body.id}/revert`);
		expect(reverted).toMatchObject({ status: 200, body: { status: 'reverted' } });
		expect((await hub.call('GET', '/links?tenantId=-')).body.items).toHaveLength(3);
		expect((await hub.call('POST', `/migrate/${dry.body.id}/revert`)).status).toBe(409);
	});

	it('of an archived contact say so by themselves, and stand beside the record', async () => {
		await hub.call('PUT', pathOf('c-1'), { xeroId: contactId() });
		const ledger = connectDatabase({ dataDir: hub.t.dataDir });
		const connection = await ledger.db
			.selectFrom('connections')
			.select(['id', 'workspace_id'])
			.where('tenant_id', '=', tenantId)
			.executeTakeFirstOrThrow();
		const place = { workspaceId: connection.workspace_id, tenantId, entity: 'contact' };
		await saveStates(ledger.db, { ...place, epoch: connection.id }, [
			{
				...{ id: contactId(), version: '1', updatedAt: 1, hash: null, due: null, record: null },
				standing: { status: 'ARCHIVED', sent: false, mergedInto: null },
				...{ bytes: 0, sweptIn: null, told: null, isDeleted: false, deletedAt: null },
				...{ firstSeenAt: 1, seenAt: 1 },
			},
		]);
		await ledger.close();

		const record = await eventually(
			'the link to break',
			async () => {
				const { body } = await hub.call('GET', `/records/${tenantId}/contact/${contactId()}`);
				return body.links[0]?.state === 'broken' ? body : undefined;
			},
			{ timeoutMs: 30_000 },
		);

		expect(record.links).toMatchObject([{ system: 'crm', externalId: 'c-1', state: 'broken' }]);
		expect((await hub.call('GET', '/links?state=broken')).body.items).toHaveLength(1);
	}, 40_000);

	it('come by the ten thousand, and never more than the workspace may have', async () => {
		const many = Array.from({ length: 20_000 }, (_, index) => {
			const id = index.toString(16).padStart(12, '0');
			return `crm,contact,c-${index},00000000-0000-4000-8000-${id}`;
		});
		const csv = ['system,entity,externalId,xeroId', ...many].join('\n');

		expect((await importCsv(csv)).body).toMatchObject({ made: 20_000, conflicts: [] });
		expect((await importCsv(csv)).body).toMatchObject({ made: 0, unchanged: 20_000 });
		await hub.t.call('PATCH', '/api/v1/workspaces/acme', { quotas: { links: 20_000 } });
		const over = await importCsv(`${csv}\ncrm,contact,one-more,${NOBODY}`);
		const put = await hub.call('PUT', pathOf('one-more', '-'), { xeroId: NOBODY });
		await hub.t.call('PATCH', '/api/v1/workspaces/acme', { quotas: {} });

		for (const refused of [over, put]) {
			expect(refused).toMatchObject({
				status: 429,
				body: { code: 'quota_reached', quota: 'links' },
			});
		}
	}, 60_000);
});
