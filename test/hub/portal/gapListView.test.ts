import type { Gap, GapRun } from '../../../hub-server/src/gaps/Gap';
import { gapListView } from '../../../hub-server/src/portal/views/gapListView';

const RUN: GapRun = {
	...{ id: 'run', entity: 'invoice', status: 'succeeded', startedAt: 0, finishedAt: 1 },
	...{ calls: 1, bytes: 9, seen: 5, told: 3, error: null },
};
const GAP: Gap = {
	...{ id: 'gap', tenantId: 'tenant', kind: 'outage', from: 0, until: 3600_000 },
	...{ state: 'repaired', waitingFor: null, resumesAt: null, foundAt: 1, repairedAt: 2 },
	...{ note: null, runs: [RUN, { ...RUN, entity: 'contact', told: 1 }] },
};
const page = { at: '/w/acme/sync/1' };
const viewOf = (gap: Partial<Gap>) =>
	gapListView({ items: [{ ...GAP, ...gap }], nextCursor: null }, page).gaps[0];

describe('a time in which webhooks may have been missed, on its page', () => {
	it('says what told of it, what was read again and how many changes that told', () => {
		expect(viewOf({})).toEqual({
			...{ id: 'gap', from: 0, until: 3600_000, organisation: undefined },
			...{ tone: 'good', word: 'Made up for', told: 4 },
			cause: expect.stringContaining('The hub did not run'),
			fate: expect.stringContaining('4 changes that nobody had told'),
			read: [
				{ label: 'Invoices and bills', found: '3 changes' },
				{ label: 'Contacts', found: '1 change' },
			],
		});
	});

	it.each([
		['found', {}, 'Found'],
		['repairing', {}, 'Being read'],
		['waiting', { waitingFor: 'day_budget' }, 'Waits'],
		['waiting', { waitingFor: 'sync_off' }, 'Not read'],
		['repaired', { note: 'The organisation was reset.' }, 'Not told'],
	] as const)(
		'that is %s with %j is called "%s", and no number of changes',
		(state, more, word) => {
			expect(viewOf({ state, ...more })).toMatchObject({ word, told: undefined });
		},
	);

	it('says what stops it', () => {
		const runs = [
			{ ...RUN, status: 'waiting' as const, finishedAt: null, error: 'Xero answered 403.' },
			{ ...RUN, status: 'failed' as const },
			{ ...RUN, status: 'running' as const },
		];

		const view = viewOf({ state: 'waiting', waitingFor: 'failed', resumesAt: 7200_000, runs });

		expect(view?.fate).toBe(
			'What changed could not be read: Xero answered 403. It goes on at 1970-01-01 02:00 UTC.',
		);
		expect(view?.read.map(({ found }) => found)).toEqual(['waits', 'not read', 'being read']);
	});

	it('names organisations where there are several, and leads to older ones', () => {
		const nameOf = (tenantId: string) => `Of ${tenantId}`;
		const list = { items: [GAP], nextCursor: 'a b' };

		const view = gapListView(list, { ...page, after: 'c/d', nameOf });

		expect(view.gaps[0]?.organisation).toBe('Of tenant');
		expect(view.older).toBe('/w/acme/sync/1?gaps=a%20b#gaps');
		expect(view.here).toBe('/w/acme/sync/1?gaps=c%2Fd');
		expect(gapListView({ ...list, nextCursor: null }, page)).toMatchObject({
			...{ older: undefined, here: page.at },
		});
	});
});
