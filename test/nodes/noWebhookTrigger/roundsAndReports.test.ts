import { refuse, success } from '../../../nodes/Xero/errors/failure';
import { createReporter } from '../../../nodes/XeroNoWebhookTrigger/createReporter';
import { createRounds, type Rounds } from '../../../nodes/XeroNoWebhookTrigger/createRounds';
import { everyMinute } from '../../../nodes/XeroNoWebhookTrigger/everyMinute';

const failure = (message: string) => refuse({ kind: 'api', message });

/** The minutes at which a list is read that always ends like this. */
function minutesOf(everyMinutes: number, outcome: Parameters<Rounds['ended']>[1], until = 60) {
	const rounds = createRounds(everyMinutes);
	const minutes: number[] = [];
	for (let minute = 0; minute < until; minute += 1) {
		if (rounds.isDue('list')) {
			minutes.push(minute);
			rounds.ended('list', outcome);
		}
		rounds.nextMinute();
	}
	return minutes;
}

describe('the rounds of a list', () => {
	it('come at the interval', () => {
		expect(minutesOf(20, success('counts'))).toEqual([0, 20, 40]);
	});

	it.each([
		['Xero refuses', failure('no')],
		['the workflow fails', success('comesAgain' as const)],
	])('come more and more seldom while %s, and never less than every 15 minutes', (_, outcome) => {
		expect(minutesOf(1, outcome)).toEqual([0, 1, 3, 7, 15, 30, 45]);
		expect(minutesOf(30, outcome)).toEqual([0, 30]);
	});

	it('are those of one list only', () => {
		const rounds = createRounds(5);
		rounds.ended('one', success('counts'));

		expect([rounds.isDue('one'), rounds.isDue('other')]).toEqual([false, true]);
	});
});

describe('troubles', () => {
	function reported() {
		const told: string[] = [];
		return {
			told,
			reporter: createReporter(({ message }, key) => told.push(`${key}: ${message}`)),
		};
	}

	it('are told once, and again after they were over', () => {
		const { told, reporter } = reported();

		for (const outcome of [failure('away'), failure('away'), success(1), failure('away')]) {
			reporter.ended('contacts', outcome);
		}

		expect(told).toEqual(['contacts: away', 'contacts: away']);
	});

	it('are told once for all lists that have them', () => {
		const { told, reporter } = reported();

		for (const key of ['contacts', 'invoices', 'contacts']) reporter.ended(key, failure('away'));

		expect(told).toEqual(['contacts: away']);
	});

	it('are the same at whatever time they will be over', () => {
		const { told, reporter } = reported();

		reporter.ended('contacts', failure('it resets at 2026-11-30T10:00:00.123Z'));
		reporter.ended('contacts', failure('it resets at 2026-11-30T10:00:01.007Z'));
		reporter.ended('contacts', failure('another trouble'));

		expect(told).toHaveLength(2);
	});
});

it('asks an n8n that takes the expression alone with the expression alone', () => {
	const asked: unknown[] = [];
	const onTick = () => {};
	const registerCron = (cron: unknown) => {
		if (typeof cron !== 'string') throw new TypeError('source.toLowerCase is not a function');
		asked.push(cron);
	};

	everyMinute({ registerCron }, 7, onTick);

	expect(asked).toEqual(['7 * * * * *']);
});
