import { judgeAttempt } from '../../../hub-server/src/relay/judgeAttempt';

const answered = (statusCode: number) => ({ statusCode });

describe('judging an attempt', () => {
	it.each([200, 201, 204, 299])('%i is delivered', (status) => {
		expect(judgeAttempt(answered(status), 1, 0.5)).toEqual({ kind: 'delivered' });
	});

	it.each([301, 307, 400, 401, 404, 429, 500, 503])('%i is tried again', (status) => {
		expect(judgeAttempt(answered(status), 1, 0.5)).toEqual({ kind: 'retry', delayMs: 5_000 });
	});

	it('410 ends the subscription', () => {
		expect(judgeAttempt(answered(410), 1, 0.5)).toEqual({ kind: 'gone' });
	});

	it('the tenth failure is the last, and says why and what to do', () => {
		const verdict = judgeAttempt({ error: 'Connection refused.' }, 10, 0.5);

		expect(verdict).toEqual({
			kind: 'dead',
			reason:
				'10 attempts failed. The last one: Connection refused. Mend the workflow, then replay the delivery.',
		});
	});
});
