import { recordingProxy, type RecordingProxy } from '../../../e2e/hub/recordingProxy';
import { eventually } from '../../../support/eventually';
import { syncedOrganisation, type SyncedOrganisation } from './syncedOrganisation';

const names = (count: number, name: string) => ({
	Contacts: Array.from({ length: count }, (_, index) => ({ Name: `${name} ${index + 1}` })),
});
const idsOf = (contacts: readonly Readonly<Record<string, unknown>>[]) =>
	contacts.map(({ ContactID }) => String(ContactID)).sort();

/** Whatever was written is told once, after as many runs as that takes. */
async function toldOnce(o: SyncedOrganisation, ids: readonly string[]) {
	await o.run('contact');
	await o.settled(0);
	for (const id of ids) expect(o.told(id).map(({ source }) => source)).toEqual(['sync']);
}

describe('reading what has just changed', () => {
	let o: SyncedOrganisation;
	beforeAll(async () => {
		o = await syncedOrganisation();
	}, 180_000);
	afterAll(() => o.close());
	afterEach(async () => {
		await o.sandbox.setFaults({});
		await o.sandbox.setLimits({});
		// So that no run reads again what the one before it has read.
		await o.sandbox.advanceClock(400);
	});

	it('3: tells a change once that is in the list only 20 s after its own time', async () => {
		await o.sandbox.setFaults({ lists: { lateMs: 20_000 } });
		const late = idsOf(await o.atXero('PUT', '/Contacts', names(3, 'Late')));
		const early = await o.run('contact');
		await o.sandbox.advanceClock(10);
		const others = idsOf(await o.atXero('PUT', '/Contacts', names(2, 'Later')));
		await o.sandbox.advanceClock(11);

		const [, run] = [await o.run('contact'), await o.run('contact')];
		await o.sandbox.advanceClock(15);
		await toldOnce(o, [...late, ...others]);

		expect(early.changed).toBe(0);
		expect(run.status).toBe('succeeded');
	}, 180_000);

	it('4: tells each of ten changes that follow one another within a second or two, run by run', async () => {
		const ids: string[] = [];
		for (let index = 1; index <= 10; index += 1) {
			ids.push(...idsOf(await o.atXero('PUT', '/Contacts', names(1, `Second ${index}`))));
			await o.run('contact');
		}

		await toldOnce(o, ids);
	}, 180_000);
});

describe('reading lists of every shape', () => {
	let o: SyncedOrganisation;
	beforeAll(async () => {
		o = await syncedOrganisation({ entities: ['quote', 'manual_journal', 'credit_note'] });
	}, 180_000);
	afterAll(() => o.close());
	afterEach(async () => {
		await o.sandbox.setFaults({});
		await o.sandbox.setLimits({});
		// So that no run reads again what the one before it has read.
		await o.sandbox.advanceClock(400);
	});

	it('6: reads 250 manual journals once, though Xero gives all of them on every page when ordered', async () => {
		const journal = (index: number) => ({
			Narration: `Journal ${index}`,
			Date: '2026-11-02',
			JournalLines: [
				{ LineAmount: 10, AccountCode: '200' },
				{ LineAmount: -10, AccountCode: '400' },
			],
		});
		for (let part = 0; part < 5; part += 1) {
			await o.atXero('PUT', '/ManualJournals', {
				ManualJournals: Array.from({ length: 50 }, (_, index) => journal(part * 50 + index)),
			});
		}
		await o.sandbox.forgetRequests();

		const run = await o.run('manual_journal');

		expect(run).toMatchObject({ status: 'succeeded', changed: 250 });
		const asked = (await o.sandbox.requests()).filter(({ path }) =>
			path.endsWith('/ManualJournals'),
		);
		expect(asked.every(({ query }) => query['order'] === undefined)).toBe(true);
		expect(await o.known('manual_journal')).toHaveLength(250);
	}, 180_000);

	it('7: reads 230 quotes to their end, in pages of 100 that tell of no pagination', async () => {
		const [contact] = await o.atXero('GET', '/Contacts');
		const quote = () => ({
			Contact: { ContactID: contact!['ContactID'] },
			Date: '2026-11-02',
			LineItems: [{ Description: 'Tea', Quantity: 1, UnitAmount: 5, AccountCode: '200' }],
		});
		for (const count of [50, 50, 50, 50, 30]) {
			await o.atXero('PUT', '/Quotes', { Quotes: Array.from({ length: count }, quote) });
		}

		const run = await o.run('quote');

		expect(run).toMatchObject({ status: 'succeeded', changed: 230 });
		expect(await o.known('quote')).toHaveLength(230);
	}, 180_000);

	it('8: takes a 304 and an empty list for "nothing has changed", and goes on from there', async () => {
		await o.sandbox.setFaults({ lists: { notModified: true } });
		const [notModified, again] = [await o.run('credit_note'), await o.run('tax_rate')];
		await o.sandbox.setFaults({});
		const empty = await o.run('credit_note');

		expect(
			[notModified, again, empty].map(({ status, changed, error }) => [status, changed, error]),
		).toEqual(Array.from({ length: 3 }, () => ['succeeded', 0, null]));
		await toldOnce(o, idsOf(await o.atXero('PUT', '/Contacts', names(1, 'After a 304'))));
	}, 180_000);
});

describe('reading what Xero answers otherwise', () => {
	let o: SyncedOrganisation;
	beforeAll(async () => {
		o = await syncedOrganisation();
	}, 180_000);
	afterAll(() => o.close());
	afterEach(async () => {
		await o.sandbox.setFaults({});
		await o.sandbox.setLimits({});
		// So that no run reads again what the one before it has read.
		await o.sandbox.advanceClock(400);
	});

	it('9: drops no record with members, a status or times that nobody knows, and stops for none', async () => {
		const ids = idsOf(await o.atXero('PUT', '/Contacts', names(3, 'Odd')));
		await o.sandbox.setFaults({ answersOddRecords: { path: '/Contacts' } });

		const odd = await o.run('contact');
		await o.settled(3);
		const usual = await o.run('contact');

		expect([odd.status, usual.status]).toEqual(['succeeded', 'succeeded']);
		for (const id of ids) {
			expect((await o.stateOf('contact', id))['status']).toBe('ACTIVE');
			expect(o.told(id).length).toBeGreaterThanOrEqual(1);
		}
	}, 180_000);

	it('10: believes nothing of JSON that ends in the middle, and finds all of it at the next try', async () => {
		const ids = idsOf(await o.atXero('PUT', '/Contacts', names(2, 'Cut')));
		await o.sandbox.setFaults({ cutsAnswer: { path: '/Contacts' } });
		const id = await o.start('contact', { kind: 'delta' });

		const cut = await o.until('contact', id, ({ error }) => error !== null);
		const run = await o.until('contact', id, ({ finishedAt }) => finishedAt !== null);

		expect(cut.error).toMatch(/not JSON/);
		expect(run).toMatchObject({ status: 'succeeded', changed: 2 });
		await toldOnce(o, ids);
	}, 180_000);

	it('11: waits at the limit of a minute, and goes on by itself', async () => {
		const ids = idsOf(await o.atXero('PUT', '/Contacts', names(2, 'In a minute')));
		await o.sandbox.setFaults({ retryAfterSeconds: 2 });
		await o.sandbox.setLimits({ minute: 0 });
		const refused = async () =>
			(await o.sandbox.requests()).some(({ status }) => status === 429) ? true : undefined;

		const id = await o.start('contact', { kind: 'delta' });
		await eventually('a refusal', refused);
		await o.sandbox.setLimits({});
		const run = await o.until('contact', id, ({ finishedAt }) => finishedAt !== null);

		expect(run).toMatchObject({ status: 'succeeded', changed: 2 });
		await toldOnce(o, ids);
	}, 180_000);

	it('11: stops at the limit of a day, says until when, and goes on by itself', async () => {
		const ids = idsOf(await o.atXero('PUT', '/Contacts', names(2, 'In a day')));
		await o.sandbox.setFaults({ retryAfterSeconds: 3 });
		await o.sandbox.setLimits({ day: 0 });

		const id = await o.start('contact', { kind: 'delta' });
		const waiting = await o.until('contact', id, ({ status }) => status === 'waiting');
		await o.sandbox.setLimits({});
		const run = await o.until('contact', id, ({ finishedAt }) => finishedAt !== null);

		expect(waiting.waitingFor).toBe('day_budget');
		expect(Date.parse(waiting.resumesAt ?? '')).toBeGreaterThan(Date.parse(waiting.startedAt));
		expect(run).toMatchObject({ status: 'succeeded', changed: 2 });
		await toldOnce(o, ids);
	}, 180_000);
});

describe('a run of a list of 2,600 contacts', () => {
	let o: SyncedOrganisation;
	let proxy: RecordingProxy;
	let beforePage: (page: number) => Promise<unknown> = async () => undefined;
	beforeAll(async () => {
		o = await syncedOrganisation({
			seed: { contacts: 2_600 },
			apiBehind: async (url) => {
				proxy = await recordingProxy(url, async (method, path) => {
					if (method === 'GET' && path.startsWith('/api.xro/2.0/Contacts?')) pages += 1;
					if (method === 'GET' && path.startsWith('/api.xro/2.0/Contacts?'))
						await beforePage(pages);
				});
				return proxy.url;
			},
		});
	}, 180_000);
	afterAll(async () => {
		await o.close();
		proxy.close();
	});
	let pages = 0;
	beforeEach(async () => {
		await o.sandbox.advanceClock(400);
		pages = 0;
	});

	it('1: misses nothing of what is changed, added and archived between its pages', async () => {
		const all = idsOf(await o.atXero('GET', '/Contacts'));
		const ofPage = (page: number) => all.filter((_, index) => index % 130 === page);
		const rename = (page: number) =>
			o.atXero('POST', '/Contacts', {
				Contacts: ofPage(page).map((ContactID) => ({
					ContactID,
					Name: `Renamed ${page} ${ContactID}`,
				})),
			});
		const added: string[] = [];
		beforePage = async (page) => {
			if (page > 4) return;
			await rename(page);
			added.push(...idsOf(await o.atXero('PUT', '/Contacts', names(5, `Added ${page}`))));
		};

		const swept = await o.run('contact', 'sweep');
		beforePage = async () => undefined;
		const after = await o.run('contact');

		expect([swept.status, after.status]).toEqual(['succeeded', 'succeeded']);
		expect(swept.deleted).toBe(0);
		expect(await o.known('contact')).toEqual(
			idsOf(await o.atXero('GET', '/Contacts?includeArchived=true')),
		);
		await o.settled(added.length);
		for (const id of added) expect(o.told(id)).toHaveLength(1);
		const renamed = o.told().filter(({ changed }) => changed?.includes('Name'));
		expect([...new Set(renamed.map(({ resource }) => resource.id))].sort()).toEqual(
			[1, 2, 3, 4].flatMap(ofPage).sort(),
		);
	}, 180_000);

	it('12: asks for a new token where the old one ends in the middle', async () => {
		beforePage = async (page) => {
			if (page === 2) await o.sandbox.setFaults({ expireTokens: true });
		};

		const run = await o.run('contact', 'sweep');

		await o.sandbox.setFaults({});
		expect(run).toMatchObject({ status: 'succeeded', deleted: 0 });
	}, 180_000);

	it('27: concludes from a sweep that was cut short that nothing is gone', async () => {
		const before = await o.known('contact');
		beforePage = async (page) => {
			if (page === 2) {
				await o.sandbox.setFaults({
					status: { path: '/Contacts', status: 400, times: 1, body: '{}' },
				});
			}
		};

		const run = await o.run('contact', 'sweep');

		await o.sandbox.setFaults({});
		beforePage = async () => undefined;
		expect(run).toMatchObject({ status: 'failed', deleted: 0 });
		expect(await o.known('contact')).toEqual(before);
	}, 180_000);
});

describe('an organisation of its own', () => {
	let o: SyncedOrganisation;
	beforeEach(async () => {
		o = await syncedOrganisation();
	}, 180_000);
	afterEach(() => o.close());

	it('2: all of 1,500 records that came in one second are told', async () => {
		const before = await o.known('contact');
		await o.sandbox.seed(o.tenantId, { contacts: 1_500 });

		const run = await o.run('contact');

		const after = await o.known('contact');
		expect(run).toMatchObject({ status: 'succeeded', changed: 1_500 });
		expect(after).toHaveLength(before.length + 1_500);
		expect(idsOf(await o.atXero('GET', '/Contacts?includeArchived=true'))).toEqual(after);
		await o.sandbox.advanceClock(400);
		expect(await o.run('contact')).toMatchObject({ changed: 0 });
		expect(await o.run('contact')).toMatchObject({ changed: 0, calls: 1 });
	}, 180_000);

	it.each([
		['ahead of', 600_000],
		['behind', -600_000],
	])(
		'5: a hub whose clock is ten minutes %s Xero’s misses and doubles nothing',
		async (_, aheadMs) => {
			o.setHubClock(aheadMs);
			const ids: string[] = [];

			for (let round = 1; round <= 3; round += 1) {
				ids.push(...idsOf(await o.atXero('PUT', '/Contacts', names(2, `Round ${round}`))));
				await o.run('contact');
				await o.sandbox.advanceClock(400);
			}
			await o.run('contact');
			await o.settled(ids.length);

			expect(ids.map((id) => o.told(id).length)).toEqual(ids.map(() => 1));
		},
		180_000,
	);
});
