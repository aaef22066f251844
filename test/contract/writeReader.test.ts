import { createReadRecordNames } from '../../hub-server/src/records/recordNames';
import { createRecordSeals } from '../../hub-server/src/records/recordSeals';
import { saveStates } from '../../hub-server/src/records/recordStates';
import { purgeWrites } from '../../hub-server/src/writes/purgeWrites';
import { createWriteMemory } from '../../hub-server/src/writes/writeMemory';
import { createWriteReader, type WriteFilter } from '../../hub-server/src/writes/writeReader';
import { writesCsv } from '../../hub-server/src/writes/writesCsv';
import type { WriteAnswer, WriteCall } from '../../hub-server/src/xero/api/WriteMemory';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { ledgerFixture, OTHER_TENANT, START, TENANT, type LedgerFixture } from './ledgerFixture';

const DAY = 24 * 3600_000;
const PAGE = { limit: 50 };
const SILENT: WriteAnswer = { kind: 'silent' };

describe.each(ENGINES)('what automation changed, on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const memory = () =>
		createWriteMemory({
			...{ db: f.db, now: f.now, uptime: () => f.now() },
			onFault: (cause) => {
				throw cause as Error;
			},
		});
	const seals = () => createRecordSeals({ db: f.db, keyRing: f.keyRing });
	const reader = () =>
		createWriteReader({
			...{ db: f.db, now: f.now },
			readRecordNames: createReadRecordNames({ db: f.db, recordSealOf: seals() }),
		});
	const list = async (filter: WriteFilter = {}, page: { limit: number; cursor?: string } = PAGE) =>
		reader().list(f.workspace.id, filter, page);

	const saved = (...contacts: readonly object[]): WriteAnswer => ({
		...{ kind: 'answered', status: 200 },
		body: Buffer.from(
			JSON.stringify({
				DateTimeUTC: `/Date(${f.now()})/`,
				Contacts: contacts.map((one) => ({ UpdatedDateUTC: `/Date(${f.now()}+0000)/`, ...one })),
			}),
		),
	});
	/** A PUT of new contacts, by workflow w1, that ends, or whose hub dies before. */
	async function write(
		answer: WriteAnswer | 'died' = saved({ ContactID: guid(1) }),
		asked: Partial<WriteCall> = {},
	) {
		f.advance(1);
		const writes = memory();
		const open = await writes.begin({
			...{ workspaceId: f.workspace.id, tenantId: TENANT, method: 'PUT' },
			path: '/api.xro/2.0/Contacts',
			cause: { workflow: 'w1', node: 'Write', workflowName: 'Orders to Xero' },
			body: Buffer.from('{"Contacts":[{"Name":"Ann","EmailAddress":"ann@example.com"}]}'),
			...asked,
		});
		if (answer !== 'died') open!.end(answer);
		await writes.idle();
	}

	it('names the call, its record, the workflow, the key and the fields, and no value', async () => {
		await f.db
			.insertInto('api_keys')
			.values({
				...{ id: 'key-1', workspace_id: f.workspace.id, name: 'n8n', hash: 'h' },
				...{ created_at: START, last_used_at: null, revoked_at: null },
			})
			.execute();
		await write(undefined, { keyId: 'key-1' });
		f.advance(1);
		await write(saved({ ContactID: guid(1), Name: 'Ann' }), { keyId: 'key-1' });

		const { items } = await list();

		expect(items[0]).toEqual({
			...{ id: items[0]!.id, at: new Date(f.now()).toISOString(), tenantId: TENANT },
			...{ outcome: 'saved', status: 200, message: null, entity: 'contact', part: null },
			...{ method: 'PUT', path: '/api.xro/2.0/Contacts', fields: ['Name', 'EmailAddress'] },
			records: [
				{
					...{ id: guid(1), label: null, change: 'created', message: null, isKnown: false },
					xeroUrl: `https://go.xero.com/app/contacts/contact/${guid(1)}`,
				},
			],
			...{ moreRecords: 0, node: 'Write', system: null, pushId: null },
			workflow: { id: 'w1', name: 'Orders to Xero' },
			key: { id: 'key-1', name: 'n8n' },
		});
		const rows = await f.db.selectFrom('proxied_writes').selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain('Ann');
	});

	it('names records by the copies that the hub has', async () => {
		const { id, epoch } = await connected();
		const record = { ContactID: guid(1), Name: 'Ann Ltd' };
		const sealOf = await seals()(f.workspace.id);
		const place = { workspaceId: f.workspace.id, tenantId: TENANT, entity: 'contact', epoch };
		await saveStates(f.db, place, [
			{
				...{ id: guid(1), version: '1', hash: null, standing: null, due: null, bytes: 9 },
				record: sealOf.seal(record, { tenantId: TENANT, entity: 'contact', id: guid(1) }),
				...{ sweptIn: null, told: null, isDeleted: false, firstSeenAt: 1, seenAt: 1 },
			} as never,
		]);
		await write();

		const { items } = await list();

		expect(id).toBeTruthy();
		expect(items[0]?.records).toMatchObject([{ label: 'Ann Ltd', isKnown: true }]);
	});

	it('tells refusals in Xero’s words, silence, and a hub that died, also of other APIs', async () => {
		const refusal = { Message: 'The organisation is not subscribed to currency XYZ' };
		await write({ kind: 'answered', status: 400, body: Buffer.from(JSON.stringify(refusal)) });
		await write(SILENT, { method: 'POST', path: '/files.xro/1.0/Files', body: undefined });
		await write('died', {
			...{ method: 'POST', path: '/payroll.xro/2.0/Employees', body: undefined },
			cause: { workflow: null, node: null },
		});

		const early = (await list()).items.map(({ outcome }) => outcome);
		f.advance(7 * 60_000);
		const { items } = await list();

		expect(early).toEqual(['under_way', 'unknown', 'refused']);
		expect(items.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'refused']);
		expect(items.map(({ message }) => message)).toEqual([
			expect.stringContaining('The hub stopped before Xero’s answer was here'),
			'No answer came: whether Xero saved it is not known.',
			'The organisation is not subscribed to currency XYZ',
		]);
		expect(items.map(({ path }) => path)).toEqual([
			...['/payroll.xro/2.0/Employees', '/files.xro/1.0/Files', '/api.xro/2.0/Contacts'],
		]);
	});

	it('is narrowed down, and read a page at a time', async () => {
		const from = f.now();
		await write(saved({ ContactID: guid(1) }));
		await write(SILENT, { tenantId: OTHER_TENANT });
		await write(saved({ ContactID: guid(2) }), {
			cause: { workflow: 'w2', node: null },
			push: { system: 'crm', id: 'p1' },
		});
		const count = async (filter: WriteFilter) => (await list(filter)).items.length;

		expect(await count({ tenantId: TENANT.toUpperCase() })).toBe(2);
		expect(await count({ workflow: 'w2' })).toBe(1);
		expect(await count({ workflow: '' })).toBe(0);
		expect(await count({ outcome: 'unknown' })).toBe(1);
		expect(await count({ entity: 'contact', system: 'crm', pushId: 'p1' })).toBe(1);
		expect(await count({ since: from + 2 })).toBe(2);
		expect(await count({ until: from + 2 })).toBe(1);
		const first = await list({}, { limit: 2 });
		const rest = await list({}, { limit: 2, cursor: first.nextCursor ?? '' });
		expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null]);
	});

	it('is summed up by workflow', async () => {
		await write(saved({ ContactID: guid(1) }));
		await write(saved({ ContactID: guid(2) }));
		await write(SILENT);
		await write({ kind: 'answered', status: 400 }, { cause: { workflow: null, node: null } });

		const { items, isCut } = await reader().byWorkflow(f.workspace.id, {});

		expect(isCut).toBe(false);
		expect(items).toMatchObject([
			{ workflow: { id: 'w1', name: 'Orders to Xero' }, calls: 3, created: 2, unknown: 1 },
			{ workflow: null, calls: 1, created: 0, refused: 1, unknown: 0 },
		]);
	});

	it('is nothing to another workspace', async () => {
		const other = await f.workspaces.create({ name: 'Other' });
		await write();

		expect((await reader().list(other.id, {}, PAGE)).items).toEqual([]);
		expect((await reader().byWorkflow(other.id, {})).items).toEqual([]);
	});

	it('is kept as long as events, while versions go after two days', async () => {
		await write();
		const purge = () => purgeWrites(f.db, { now: f.now(), keptMs: 90 * DAY });
		f.advance(3 * DAY);
		await purge();
		const versions = await f.db.selectFrom('written_records').select('version').execute();
		const kept = (await list()).items.length;
		f.advance(88 * DAY);

		await purge();

		expect([versions.length, kept, (await list()).items.length]).toEqual([0, 1, 0]);
	});

	it('is a CSV whose cells are no formulas, a line a record', async () => {
		await write(saved({ ContactID: guid(1) }, { ContactID: guid(2) }), {
			body: Buffer.from('{"Contacts":[{"Name":"a"},{"Name":"b"}]}'),
			cause: { workflow: 'w1', node: '=HYPERLINK("http://evil.example.com")' },
		});

		let csv = '';
		for await (const part of writesCsv(reader(), f.workspace.id, {}, () => '@SUM(1), "Demo"'))
			csv += part;

		const [head, ...lines] = csv.trimEnd().split('\r\n');
		expect(head).toContain('time,organisation,');
		expect(lines).toHaveLength(2);
		for (const line of lines) {
			expect(line).toContain(`"'@SUM(1), ""Demo"""`);
			expect(line).toContain(`"'=HYPERLINK(""http://evil.example.com"")"`);
		}
	});

	async function connected() {
		const id = await f.connect(f.workspace.id, TENANT, 'client');
		const { record_epoch } = await f.db
			.selectFrom('connections')
			.select('record_epoch')
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		return { id, epoch: record_epoch ?? id };
	}
});
