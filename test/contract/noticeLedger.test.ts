import type { OpenAlert } from '../../hub-server/src/alerts/alertLedger';
import { createNoticeLedger } from '../../hub-server/src/notices/noticeLedger';
import { OPERATOR, type Notice } from '../../hub-server/src/notices/Notice';
import { ENGINES } from '../support/freshLedger';
import { ledgerFixture, type LedgerFixture } from './ledgerFixture';

const MINUTE_MS = 60_000;

describe.each(ENGINES)('what channels are told on %s', (engine) => {
	let f: LedgerFixture;
	let ledger: ReturnType<typeof createNoticeLedger>;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
		ledger = createNoticeLedger(f);
	});
	afterEach(() => f.close());

	const alert = (change: Partial<OpenAlert> = {}): OpenAlert => ({
		id: 'alert-1',
		workspaceId: f.workspace.id,
		kind: 'workflow_paused',
		subject: 'subscription-1',
		since: f.now(),
		describe: async () => 'Mend the workflow.',
		...change,
	});
	const own = () => ({ channelId: 'channel-1', workspaceId: f.workspace.id });
	const operator = { channelId: OPERATOR, workspaceId: 'all' };

	/** Tells what is due, and answers it. */
	async function tell(error?: string): Promise<Notice[]> {
		const due = await ledger.due(100);
		for (const notice of due) await ledger.finish(notice, error);
		return due;
	}

	/** A minute with these alerts open, as the hub looks at them. */
	async function minute(open: readonly OpenAlert[], listeners = [own()]): Promise<void> {
		await ledger.compare(open, listeners);
		f.advance(MINUTE_MS);
		await ledger.compare(open, listeners);
	}

	it('is each trouble once while it lasts, and its end once', async () => {
		await minute([alert()]);
		expect(await tell()).toMatchObject([
			{ what: 'raised', kind: 'workflow_paused', message: 'Mend the workflow.', attempt: 0 },
		]);
		await minute([alert()]);
		expect(await tell()).toEqual([]);

		await minute([]);
		expect(await tell()).toMatchObject([{ what: 'ended', kind: 'workflow_paused' }]);
		await minute([]);
		expect(await tell()).toEqual([]);
	});

	it('is told again when the same trouble comes back after its end', async () => {
		await minute([alert()]);
		await tell();
		await minute([]);
		await tell();

		await minute([alert()]);

		expect(await tell()).toMatchObject([{ what: 'raised' }]);
	});

	it('is no end while a trouble is gone for less than a minute', async () => {
		await minute([alert()]);
		await tell();

		await ledger.compare([], [own()]);
		f.advance(MINUTE_MS - 1);
		await minute([alert()]);

		expect(await tell()).toEqual([]);
	});

	it('is tried again until it was taken, the beginning before the end', async () => {
		await minute([alert()]);
		const tries: number[] = [];
		expect(await tell('no answer')).toHaveLength(1);
		await minute([]);
		for (let hour = 0; hour < 3; hour += 1) {
			f.advance(3_600_000);
			tries.push(...(await tell('no answer')).map(({ attempt }) => attempt));
		}
		expect(tries).toEqual([1, 2, 3]);

		f.advance(24 * 3_600_000);
		expect(await tell()).toMatchObject([{ what: 'raised' }]);
		expect(await tell()).toMatchObject([{ what: 'ended' }]);
		expect(await tell()).toEqual([]);
	});

	it('is given up after a day of failures, with its end', async () => {
		await minute([alert()]);
		let tries = 0;
		for (let hour = 0; hour < 100; hour += 1) {
			tries += (await tell('no answer')).length;
			f.advance(3_600_000);
		}
		await minute([]);

		expect(tries).toBe(8);
		expect(await tell()).toEqual([]);
	});

	it('is for each workspace its own, and for the operator everybody’s', async () => {
		const other = await f.workspaces.create({ name: 'Other' });
		const theirs = alert({ id: 'alert-2', workspaceId: other.id });

		await minute([alert(), theirs], [own(), operator]);

		const told = (await tell()).map(({ channelId, workspaceId }) => [channelId, workspaceId]);
		expect(told).toHaveLength(3);
		expect(told).toEqual(
			expect.arrayContaining([
				['channel-1', f.workspace.id],
				[OPERATOR, f.workspace.id],
				[OPERATOR, other.id],
			]),
		);
	});

	it('is told the operator once where it concerns the whole hub', async () => {
		const other = await f.workspaces.create({ name: 'Other' });
		const full = { kind: 'disk_filling', subject: 'hub' };

		await minute(
			[alert(full), alert({ ...full, id: 'alert-2', workspaceId: other.id })],
			[operator],
		);

		expect(await tell()).toHaveLength(1);
	});

	it('waits for no other workspace that has much to tell', async () => {
		const other = await f.workspaces.create({ name: 'Other' });
		const many = Array.from({ length: 90 }, (_, index) => alert({ id: `alert-${index}` }));
		const theirs = alert({ id: 'theirs', workspaceId: other.id });

		await minute([...many, theirs], [own(), { channelId: 'channel-2', workspaceId: other.id }]);

		expect((await ledger.due(10)).map(({ channelId }) => channelId)).toContain('channel-2');
	});

	it('is at most a hundred at a time for one channel, and then the others', async () => {
		const many = Array.from({ length: 150 }, (_, index) => alert({ id: `alert-${index}` }));

		await ledger.compare(many, [own()]);
		expect(await tell()).toHaveLength(100);
		await ledger.compare(many, [own()]);
		expect(await tell()).toHaveLength(50);
	});

	it('ends with the channel', async () => {
		await minute([alert()]);

		await minute([alert()], []);

		expect(await tell()).toEqual([]);
	});
});
