import fc from 'fast-check';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { signRelay, verifyRelay } from '../../hub-server/protocol/relaySignature';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const rotatedOut = 'whsec_plJ3nmyCDGBKInavdOK15jsl';

describe('relay signature', () => {
	it("equals the specification's published vector", () => {
		const headers = signRelay({
			id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
			timestampSeconds: 1614265330,
			body: '{"test": 2432232314}',
			secrets: [secret],
		});

		expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
	});

	it('is accepted by two independent verifiers, with the current and the rotated-out secret', () => {
		const body = '{"id":"evt_1","name":"Čačak & Søn"}';
		const headers = signRelay({
			id: 'dlv_1',
			timestampSeconds: Date.now() / 1000,
			body,
			secrets: [secret, rotatedOut],
		});

		for (const key of [secret, rotatedOut]) {
			expect(() => new StandardWebhook(key).verify(body, { ...headers })).not.toThrow();
			expect(() => new SvixWebhook(key).verify(body, { ...headers })).not.toThrow();
		}
	});

	it('accepts what it signed, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array(), fc.integer({ min: 0, max: 4e9 }), (bytes, now) => {
				const body = Buffer.from(bytes);
				const headers = signRelay({ id: 'dlv_1', timestampSeconds: now, body, secrets: [secret] });

				expect(verifyRelay({ ...headers }, body, secret, now)).toEqual({ ok: true, id: 'dlv_1' });
			}),
		);
	});

	it.each([
		['another body', { body: '{"a":2}' }, 'bad_signature'],
		['another id', { headers: { 'webhook-id': 'dlv_2' } }, 'bad_signature'],
		['another secret', { secret: rotatedOut }, 'bad_signature'],
		[
			'a newer timestamp than was signed',
			{ headers: { 'webhook-timestamp': '1001' } },
			'bad_signature',
		],
		['a timestamp six minutes old', { now: 1361 }, 'outside_tolerance'],
		['a timestamp six minutes ahead', { now: 639 }, 'outside_tolerance'],
		[
			'a timestamp that is no number',
			{ headers: { 'webhook-timestamp': 'soon' } },
			'bad_timestamp',
		],
		['no signature', { headers: { 'webhook-signature': undefined } }, 'missing_headers'],
		['an unknown scheme', { headers: { 'webhook-signature': 'v0,abc' } }, 'bad_signature'],
	])(
		'refuses %s',
		(
			_case,
			change: {
				body?: string;
				headers?: Record<string, string | undefined>;
				secret?: string;
				now?: number;
			},
			reason,
		) => {
			const body = '{"a":1}';
			const headers = signRelay({ id: 'dlv_1', timestampSeconds: 1000, body, secrets: [secret] });

			const verdict = verifyRelay(
				{ ...headers, ...change.headers },
				change.body ?? body,
				change.secret ?? secret,
				change.now ?? 1000,
			);

			expect(verdict).toEqual({ ok: false, reason });
		},
	);
});
