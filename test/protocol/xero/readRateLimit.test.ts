import { readRateLimit } from '../../../hub-server/protocol/xero';

it.each([
	['Day', '3600', { problem: 'day', isOfApp: false, retryAfterSeconds: 3600 }],
	['daily', undefined, { problem: 'day', isOfApp: false }],
	['Minute', '12', { problem: 'minute', isOfApp: false, retryAfterSeconds: 12 }],
	['appminute', '12', { problem: 'minute', isOfApp: true, retryAfterSeconds: 12 }],
	['Concurrent', undefined, { problem: 'concurrent', isOfApp: false }],
	[undefined, '300', { problem: 'minute', isOfApp: false, retryAfterSeconds: 300 }],
	[undefined, '301', { problem: 'day', isOfApp: false, retryAfterSeconds: 301 }],
	['minute', '40000', { problem: 'minute', isOfApp: false, retryAfterSeconds: 300 }],
	['concurrent', '40000', { problem: 'concurrent', isOfApp: false, retryAfterSeconds: 300 }],
	['minute', 'soon', { problem: 'minute', isOfApp: false }],
	['minute', '-1', { problem: 'minute', isOfApp: false }],
	['minute', ' ', { problem: 'minute', isOfApp: false }],
])('reads the limit %j with the wait %j', (problem, retryAfter, limit) => {
	expect(readRateLimit({ 'x-rate-limit-problem': problem, 'retry-after': retryAfter })).toEqual(
		limit,
	);
});

it('reads a header that came several times', () => {
	expect(readRateLimit({ 'x-rate-limit-problem': ['appMinute', 'appMinute'] })).toMatchObject({
		problem: 'minute',
		isOfApp: true,
	});
});
