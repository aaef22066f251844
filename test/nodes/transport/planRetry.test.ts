import { planRetry, type Retries } from '../../../nodes/Xero/transport/planRetry';
import type { XeroReply } from '../../../nodes/Xero/messages/XeroReply';

const none: Retries = { limited: 0, unavailable: 0, lost: 0 };

function answered(status: number, headers: Record<string, string> = {}): XeroReply {
	return { kind: 'answered', status, headers, body: '' };
}

describe('planRetry', () => {
	it("waits exactly as long as the minute limit's Retry-After says, plus a quarter second at most", () => {
		const reply = answered(429, { 'x-rate-limit-problem': 'minute', 'retry-after': '37' });

		expect(planRetry(reply, none, 0)).toEqual({ reason: 'limited', waitMs: 37_000 });
		expect(planRetry(reply, none, 0.999)?.waitMs).toBeLessThanOrEqual(37_250);
	});

	it.each(['minute', 'appminute', 'concurrent'])(
		'waits five minutes at most for the %s limit, whatever Retry-After says',
		(problem) => {
			const reply = answered(429, { 'x-rate-limit-problem': problem, 'retry-after': '40000' });

			expect(planRetry(reply, none, 0.999)?.waitMs).toBeLessThanOrEqual(300_250);
		},
	);

	it('waits one to two seconds when too many calls are in flight', () => {
		const reply = answered(429, { 'x-rate-limit-problem': 'Concurrent' });

		expect(planRetry(reply, none, 0)?.waitMs).toBe(1000);
		expect(planRetry(reply, none, 0.5)?.waitMs).toBe(1500);
	});

	it.each<Record<string, string>>([
		{ 'x-rate-limit-problem': 'day', 'retry-after': '40000' },
		{ 'x-rate-limit-problem': 'Daily' },
		{ 'retry-after': '40000' },
	])('never waits for the day limit: %j', (headers) => {
		expect(planRetry(answered(429, headers), none, 0)).toBeUndefined();
	});

	it('gives up on the minute limit after ten waits', () => {
		const reply = answered(429, { 'x-rate-limit-problem': 'minute', 'retry-after': '60' });

		expect(planRetry(reply, { ...none, limited: 9 }, 0)).toBeDefined();
		expect(planRetry(reply, { ...none, limited: 10 }, 0)).toBeUndefined();
	});

	it.each([500, 502, 503, 504])('tries once more on %i', (status) => {
		expect(planRetry(answered(status), none, 0)).toMatchObject({ reason: 'unavailable' });
		expect(planRetry(answered(status), { ...none, unavailable: 1 }, 0)).toBeUndefined();
	});

	it('tries twice more when the connection is lost', () => {
		const reply: XeroReply = { kind: 'lost', message: 'socket hang up' };

		expect(planRetry(reply, { ...none, lost: 1 }, 0)).toMatchObject({ reason: 'lost' });
		expect(planRetry(reply, { ...none, lost: 2 }, 0)).toBeUndefined();
	});

	it.each([200, 400, 401, 403, 404, 412])('takes %i as the answer', (status) => {
		expect(planRetry(answered(status), none, 0)).toBeUndefined();
	});
});
