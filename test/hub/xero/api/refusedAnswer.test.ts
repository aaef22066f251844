import { Readable } from 'node:stream';
import { readRefusedAnswer } from '../../../../hub-server/src/xero/api/refusedAnswer';

const read = (
	status: number,
	body: string,
	headers: Readonly<Record<string, string | string[]>> = {},
) => readRefusedAnswer({ status, headers, body: Readable.from([Buffer.from(body)]) });

describe("reading Xero's refusals", () => {
	it.each([
		['{"Title":"Forbidden","Detail":"AuthenticationUnsuccessful"}', 'AuthenticationUnsuccessful'],
		['{"detail":"in small letters"}', 'in small letters'],
		[
			'{"Message":"A validation exception occurred","Detail":""}',
			'A validation exception occurred',
		],
		['{"message":"in small letters"}', 'in small letters'],
		[
			'{"Message":"A validation exception occurred","Elements":[{"ValidationErrors":[{"Message":"Name is required"}]}]}',
			'Name is required',
		],
		['{"Detail":7}', undefined],
		['null', undefined],
		['[]', undefined],
		['<html>Bad gateway</html>', undefined],
		['', undefined],
	])('finds the sentence in %s', async (body, sentence) => {
		expect((await read(400, body)).sentence).toBe(sentence);
	});

	it('tells a missing scope from a token that has ended', async () => {
		const challenge = { 'www-authenticate': 'Bearer error="insufficent_scope"' };

		expect((await read(401, '', challenge)).isMissingScope).toBe(true);
		expect((await read(401, '{"Detail":"AuthorizationUnsuccessful"}')).isMissingScope).toBe(true);
		expect((await read(401, '{"Detail":"TokenExpired: token expired"}')).isMissingScope).toBe(
			false,
		);
		expect((await read(403, '', challenge)).isMissingScope).toBe(false);
	});

	it('says which limit it is and when to come back', async () => {
		const limited = { 'x-rate-limit-problem': 'Day', 'retry-after': '7200' };

		expect((await read(429, '', limited)).rateLimit).toMatchObject({
			problem: 'day',
			retryAfterSeconds: 7_200,
		});
		expect((await read(429, '', { 'retry-after': 'soon' })).rateLimit).toMatchObject({
			problem: 'minute',
			retryAfterSeconds: undefined,
		});
		expect((await read(400, '', limited)).rateLimit).toBeUndefined();
	});
});
