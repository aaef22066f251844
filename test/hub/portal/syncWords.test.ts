import fc from 'fast-check';
import { ScheduleForm, scheduleValues } from '../../../hub-server/src/portal/pages/syncSchedule';
import { xeroLink } from '../../../hub-server/src/records/xeroLink';
import { entityWords } from '../../../hub-server/src/portal/views/entityWords';
import { recordFacts, recordLines } from '../../../hub-server/src/portal/views/recordFacts';
import { streamView, type StreamSituation } from '../../../hub-server/src/portal/views/streamView';
import { syncPlanView } from '../../../hub-server/src/portal/views/syncPlanView';
import {
	durationWords,
	momentWords,
	progressWords,
	scheduleWords,
} from '../../../hub-server/src/portal/views/syncWords';
import { findEntity, XERO_ENTITIES } from '../../../hub-server/src/records/xeroEntities';
import { runProgress } from '../../../hub-server/src/sync/runProgress';
import type { Stream, SyncRun } from '../../../hub-server/src/sync/Stream';

const NOW = Date.UTC(2026, 10, 30, 12);
const MINUTE = 60_000;

describe('a schedule in words', () => {
	it.each([
		[60, 'every minute'],
		[900, 'every 15 minutes'],
		[3_600, 'every hour'],
		[5_400, 'every 90 minutes'],
		[21_600, 'every 6 hours'],
		[86_400, 'every day'],
		[172_800, 'every 2 days'],
	])('%d s is %s', (everySeconds, words) => {
		expect(scheduleWords({ everySeconds })).toBe(words);
	});

	it.each([
		['0 6 * * *', 'at 06:00 every day (Europe/Paris)'],
		['30 18 * * 1-5', 'at 18:30 on weekdays (Europe/Paris)'],
		['5 7 * * 1', 'at 07:05 on Mondays (Europe/Paris)'],
		['5 7 * * 7', 'at 07:05 on Sundays (Europe/Paris)'],
		['15 * * * *', 'every hour at :15 (Europe/Paris)'],
		['*/10 8-18 1 * *', 'by the time table */10 8-18 1 * * (Europe/Paris)'],
	])('%s is %s', (cron, words) => {
		expect(scheduleWords({ cron, timeZone: 'Europe/Paris' })).toBe(words);
	});
});

describe('how far a run is', () => {
	it('says what is left, and how long that takes', () => {
		expect(progressWords({ seen: 12_300, total: 50_000, perSecond: 40, secondsLeft: 900 })).toBe(
			'12,300 of 50,000, about 40 a second, 15 min left',
		);
	});

	it('says that nobody knows how many there are', () => {
		expect(progressWords({ seen: 700, total: null, perSecond: 0.5, secondsLeft: null })).toBe(
			'700 of an unknown number, about 30 a minute',
		);
	});

	it('tells no rate of a run that waits, or has only begun', () => {
		const stream = { runId: 'r', total: 100 };
		const run = { id: 'r', seen: 50, startedAt: NOW, status: 'running' } as const;

		expect(runProgress(stream, run, NOW + 10)).toMatchObject({
			perSecond: null,
			secondsLeft: null,
		});
		expect(runProgress(stream, { ...run, status: 'waiting' }, NOW + MINUTE)).toMatchObject({
			...{ seen: 50, total: 100, perSecond: null },
		});
	});

	it('never has seen more than there is, nor takes less than nothing', () => {
		fc.assert(
			fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(1e8), (seen, total, elapsed) => {
				const run = { id: 'r', seen, startedAt: NOW, status: 'running' } as const;

				const progress = runProgress({ runId: 'r', total }, run, NOW + elapsed);

				expect(progress?.seen).toBeLessThanOrEqual(total);
				expect(progress?.secondsLeft ?? 0).toBeGreaterThanOrEqual(0);
				expect(progressWords(progress!)).not.toMatch(/NaN|Infinity|undefined/);
			}),
		);
	});
});

describe('a moment in words', () => {
	it.each([
		[-3 * MINUTE, '3 min ago'],
		[-26 * 60 * MINUTE, '26 h ago'],
		[-3 * 24 * 60 * MINUTE, '3 days ago'],
		[12 * MINUTE, 'in 12 min'],
		[0, 'just now'],
		[2_000, 'now'],
	])('%d ms from now is %s', (offset, words) => {
		expect(momentWords(NOW + offset, NOW)).toBe(words);
	});

	it('is never without a number', () => {
		fc.assert(
			fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (seconds) => {
				expect(durationWords(seconds)).toMatch(/^[1-9][\d,]* (?:s|min|h|days?)$/);
			}),
		);
	});
});

describe('the form of a schedule', () => {
	const read = (fields: Record<string, string>) => ScheduleForm.safeParse(fields);
	const faults = (fields: Record<string, string>) =>
		read(fields).error?.issues.map(({ path, message }) => [path[0], message]);

	it('gives back the plan that it shows', () => {
		const plans = fc.oneof(
			fc.integer({ min: 1, max: 44_640 }).map((minutes) => ({ everySeconds: minutes * 60 })),
			fc
				.constantFrom('UTC', 'Pacific/Auckland')
				.map((timeZone) => ({ cron: '0 6 * * 1', timeZone })),
		);
		fc.assert(
			fc.property(plans, (plan) => {
				expect(read({ ...scheduleValues(plan) }).data).toEqual(plan);
			}),
		);
	});

	it.each(['', '0', '1.5', '-3', 'often', '1e3'])('takes no “%s” for minutes', (minutes) => {
		expect(faults({ mode: 'every', minutes })).toEqual([
			['minutes', 'must be a whole number of minutes, 1 at least'],
		]);
	});

	it('takes no more than a month', () => {
		expect(faults({ mode: 'every', minutes: '44641' })).toEqual([
			['minutes', expect.stringContaining('44,640 at most')],
		]);
	});

	it('names the field that is wrong', () => {
		expect(faults({ mode: 'cron', cron: '' })?.[0]?.[0]).toBe('cron');
		expect(faults({ mode: 'cron', cron: '0 6 * * *', timeZone: 'Mars/Base' })).toEqual([
			['timeZone', expect.stringContaining('such as Pacific/Auckland')],
		]);
		expect(faults({ mode: 'never' })).toEqual([['mode', 'choose how it is scheduled']]);
	});

	it('is in UTC where no zone is named', () => {
		expect(read({ mode: 'cron', cron: '0 6 * * *' }).data).toEqual({
			...{ cron: '0 6 * * *', timeZone: 'UTC' },
		});
	});
});

describe('how a stream stands', () => {
	const RUN: SyncRun = {
		...{ id: 'run', kind: 'delta', isBaseline: false, status: 'succeeded', waitingFor: null },
		...{ resumesAt: null, startedAt: NOW - 5 * MINUTE, finishedAt: NOW - 4 * MINUTE },
		...{ calls: 3, bytes: 40_000, seen: 7, changed: 1, deleted: 0, missing: null, error: null },
	};
	const STREAM: Stream = {
		...{ id: 'stream', workspaceId: 'w', connectionId: 'c', tenantId: 't' },
		...{ entity: findEntity('contact')!, enabled: true, plan: { everySeconds: 3_600 } },
		...{ tellExisting: false, sweepConfirmed: false, since: NOW, baselineAt: NOW, runId: null },
		...{
			total: null,
			known: 9,
			knownBytes: 9,
			sweptAt: null,
			noSweepBefore: null,
			countedAt: null,
			failures: 0,
		},
		...{ nextAt: NOW + 12 * MINUTE, createdAt: NOW },
	};
	function viewOf(
		stream: Partial<Stream>,
		runs: {
			readonly lastRun?: Partial<SyncRun>;
			readonly lastCount?: Partial<SyncRun>;
			readonly held?: Partial<SyncRun>;
		} = {},
		situation: Partial<StreamSituation> = {},
	) {
		const one = {
			stream: { ...STREAM, ...stream },
			lastRun: { ...RUN, ...runs.lastRun },
			lastCount: runs.lastCount ? { ...RUN, ...runs.lastCount } : null,
			held: runs.held ? { ...RUN, ...runs.held } : null,
		};
		return streamView(one, {
			now: NOW,
			isOn: true,
			dayPlan: {
				intervals: new Map(),
				budget: { callsADay: 500, usedCalls: 0, usedBytes: 0, freeAt: 0 },
				xeroCallsADay: 1_000,
			},
			records: new Map([['contact', 9]]),
			progressOf: () => null,
			...situation,
		});
	}

	it('is up to date, with what the last run cost and when the next one is', () => {
		expect(viewOf({})).toMatchObject({
			label: 'Contacts',
			schedule: 'Every hour',
			standing: { tone: 'good', word: 'Up to date' },
			lastRun: { words: '4 min ago', cost: '3 calls, 40 kB' },
			nextRun: { words: 'in 12 min' },
			records: 9,
		});
	});

	it('says in words what failed, and when it is tried again', () => {
		const { standing } = viewOf({}, { lastRun: { status: 'failed', error: 'Xero said no' } });

		expect(standing).toMatchObject({
			...{ tone: 'bad', word: 'Failed', sentence: 'Xero said no. It is tried again in 12 min.' },
		});
	});

	it('says what it waits for, and when it goes on', () => {
		const waiting = { status: 'waiting', finishedAt: null, error: 'Half is used.' } as const;
		const resumesAt = NOW + 5 * 60 * MINUTE;

		const budget = viewOf(
			{ runId: 'run' },
			{ lastRun: { ...waiting, waitingFor: 'day_budget', resumesAt } },
		);
		const reauth = viewOf({ runId: 'run' }, { lastRun: { ...waiting, waitingFor: 'reauth' } });

		expect(budget.standing).toMatchObject({
			...{ tone: 'warn', sentence: 'Half is used. It goes on in 5 h, from where it is.' },
		});
		expect(budget.nextRun).toBeUndefined();
		expect(reauth.standing).toMatchObject({ tone: 'bad', word: 'Needs you', needsReconnect: true });
	});

	it('says that Xero is in trouble and nothing is lost', () => {
		const lastRun = { status: 'running', finishedAt: null, error: 'Xero did not answer' } as const;

		expect(viewOf({ runId: 'run', nextAt: NOW + 30_000 }, { lastRun }).standing).toMatchObject({
			word: 'Trying again',
			sentence: 'Xero did not answer. It is tried again in 30 s; nothing is lost.',
		});
	});

	it('asks where very much is gone, whatever ran since', () => {
		const { standing, held } = viewOf({}, { held: { missing: -60 } });

		expect(standing).toMatchObject({ tone: 'bad', word: 'Asks you' });
		expect(standing.sentence).toContain('60 records that the hub knows are not in Xero’s list');
		expect(held).toEqual({ gone: 60, at: RUN.finishedAt });
	});

	it.each([
		[{ enabled: false, nextAt: null }, true, 'Paused'],
		[{}, false, 'Off'],
		[{ baselineAt: null }, true, 'About to begin'],
	])('of %j is in a word', (stream, isOn, word) => {
		expect(viewOf(stream, {}, { isOn }).standing.word).toBe(word);
	});

	it.each([
		[0, 'good', 'Counts agree, 4 min ago'],
		[1_200, 'warn', '1,200 missing here, 4 min ago'],
		[-3, 'warn', '3 more here than in Xero, 4 min ago'],
	])('with %d missing says so', (missing, tone, words) => {
		expect(viewOf({}, { lastCount: { missing } }).counts).toMatchObject({ tone, words });
	});

	it.each([
		['contact', 'Not counted yet'],
		['quote', 'Xero says no number'],
		['tax_rate', 'Read whole each time'],
	])('of %s that was never counted claims nothing', (entity, words) => {
		expect(viewOf({ entity: findEntity(entity)! }).counts).toMatchObject({ tone: '', words });
	});

	it('says why it runs less often than it was asked to', () => {
		const dayPlan = {
			intervals: new Map([['stream', 1_740]]),
			budget: { callsADay: 500, usedCalls: 0, usedBytes: 0, freeAt: 0 },
			xeroCallsADay: 1_000,
		};

		expect(viewOf({ plan: { everySeconds: 60 } }, {}, { dayPlan }).stretched).toEqual({
			to: 'every 29 minutes',
			why: 'all syncs of this organisation share 500 of Xero’s 1,000 calls a day.',
		});
	});
});

describe('the calls of a day', () => {
	const budget = { callsADay: 500, usedCalls: 100, usedBytes: 9, freeAt: 0 };
	const planned = { callsADay: 92, bytesADay: 41_000 };

	it('fill a bar that ends where Xero does', () => {
		fc.assert(
			fc.property(fc.nat(6_000), fc.option(fc.nat(6_000)), (usedCalls, workflowCalls) => {
				const { bar } = syncPlanView(
					{ budget: { ...budget, usedCalls }, planned, xeroCallsADay: 1_000, workflowCalls },
					[],
					NOW,
				);

				expect(bar.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1_000);
				expect(bar.every(({ width }) => width >= 0)).toBe(true);
			}),
		);
	});

	it('say when they come back once syncs have used theirs', () => {
		const spent = { ...budget, usedCalls: 500, freeAt: NOW + 3 * 60 * MINUTE };

		expect(
			syncPlanView({ budget: spent, planned, xeroCallsADay: 1_000, workflowCalls: 0 }, [], NOW)
				.spent,
		).toContain('They go on in 3 h');
	});
});

describe('a record that people read', () => {
	const INVOICE = {
		Type: 'ACCREC',
		InvoiceID: '243216c5-369e-4056-ac67-05388f86dc81',
		InvoiceNumber: 'INV-1',
		Contact: { ContactID: 'x', Name: 'Bayside Café' },
		Date: '/Date(1764460800000+0000)/',
		DateString: '2025-11-30T00:00:00',
		UpdatedDateUTC: '/Date(1764501000000+0000)/',
		Total: 1250,
		SentToContact: true,
		HasErrors: false,
		Reference: '',
		LineItems: [{ Description: 'Coffee', Quantity: 2, UnitAmount: 625, LineAmount: 1250 }],
	};

	it('begins with what they look for, and leaves out what says nothing', () => {
		expect(recordFacts(INVOICE).map(({ label, text }) => `${label}: ${text}`)).toEqual([
			'Invoice number: INV-1',
			'Contact: Bayside Café',
			'Type: ACCREC',
			'Date: 30 Nov 2025',
			'Total: 1,250.00',
			'Invoice id: 243216c5-369e-4056-ac67-05388f86dc81',
			'Updated date (UTC): 30 Nov 2025, 11:10 UTC',
			'Sent to contact: Yes',
		]);
	});

	it('has its lines', () => {
		expect(recordLines(INVOICE)).toEqual([
			{
				...{ description: 'Coffee', quantity: '2', unitAmount: '625.00', account: '' },
				amount: '1,250.00',
			},
		]);
		expect(recordLines({ Name: 'no document' })).toEqual([]);
	});

	it('never fails for what Xero may send', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
				const texts = recordFacts(record as Record<string, unknown>).map(({ text }) => text);
				expect(texts.every((text) => text !== '')).toBe(true);
			}),
		);
	});

	it.each([
		['invoice', INVOICE, 'https://go.xero.com/app/invoicing/view/an%20id'],
		['bill', null, 'https://go.xero.com/AccountsPayable/Edit.aspx?InvoiceID=an%20id'],
		['purchase_order', null, 'https://go.xero.com/Accounts/Payable/PurchaseOrders/Edit/an%20id/'],
		['invoice', null, undefined],
		['credit_note', { Type: 'ACCPAYCREDIT' }, undefined],
		['tax_rate', null, undefined],
	])('leads into Xero where that is known: %s of %j', (entity, record, link) => {
		expect(xeroLink(entity, 'an id', record)).toBe(link);
	});

	it('is of a kind that has a name', () => {
		for (const { entity } of XERO_ENTITIES) expect(entityWords(entity)).not.toBe(entity);
	});
});
