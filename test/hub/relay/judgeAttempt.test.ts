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
		expect(judgeAttempt(answered(410), 1, 0.5)).toEqual({
			kind: 'gone',
			isDelivered: false,
			reason: expect.stringContaining('410 Gone'),
		});
	});

	it.each([
		[500, false],
		[200, true],
	])('webhook-delivery: disable with %i ends the subscription', (status, isDelivered) => {
		const result = { ...answered(status), wish: 'disable' as const };

		expect(judgeAttempt(result, 1, 0.5)).toEqual({
			kind: 'gone',
			isDelivered,
			reason: expect.stringContaining('webhook-delivery: disable'),
		});
	});

	it('webhook-delivery: abort-message ends the delivery, unless it was taken', () => {
		const judge = (status: number) =>
			judgeAttempt({ ...answered(status), wish: 'abort-message' }, 1, 0.5);

		expect(judge(422)).toEqual({
			kind: 'aborted',
			reason: expect.stringContaining('webhook-delivery: abort-message'),
		});
		expect(judge(200)).toEqual({ kind: 'delivered' });
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
