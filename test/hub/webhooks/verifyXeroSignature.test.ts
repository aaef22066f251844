import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { verifyXeroSignature } from '../../../hub-server/src/webhooks/verifyXeroSignature';
import type { SigningKey } from '../../../hub-server/src/workspaces/SigningKey';

const current: SigningKey = { name: 'current', key: 'bG9va3MgbGlrZSBiYXNlNjQ=' };
const previous: SigningKey = { name: 'previous', key: 'an older key' };
const sign = (body: Buffer | string, { key }: SigningKey) =>
	createHmac('sha256', key).update(body).digest('base64');

describe("Xero's webhook signature", () => {
	it('is an HMAC of the raw bytes, keyed with the text of the key as Xero shows it', () => {
		const body = Buffer.from('{"events":[],"firstEventSequence": 0,"lastEventSequence": 0}');

		expect(verifyXeroSignature(body, sign(body, current), [current])).toBe('current');
	});

	it('names the previous key while it rotates out', () => {
		const body = Buffer.from('{}');

		expect(verifyXeroSignature(body, sign(body, previous), [current, previous])).toBe('previous');
	});

	it('is refused when any one character of it differs', () => {
		const body = Buffer.from('{"events":[]}');
		const signature = sign(body, current);

		fc.assert(
			fc.property(
				fc.nat(signature.length - 1),
				fc.string({ minLength: 1, maxLength: 1 }),
				(at, other) => {
					fc.pre(other !== signature[at]);
					const wrong = signature.slice(0, at) + other + signature.slice(at + 1);

					expect(verifyXeroSignature(body, wrong, [current, previous])).toBeNull();
				},
			),
		);
	});

	it.each([
		['nothing', undefined],
		['an empty text', ''],
		['a blank behind it', `${sign('{}', current)} `],
		['its unpadded form', sign('{}', current).replace(/=+$/, '')],
		['its base64url form', sign('{}', current).replaceAll('+', '-').replaceAll('/', '_') + '='],
		['the digest in hex', createHmac('sha256', current.key).update('{}').digest('hex')],
	])('is refused as %s', (_case, signature) => {
		expect(verifyXeroSignature(Buffer.from('{}'), signature, [current])).toBeNull();
	});

	it('is refused when no key was saved', () => {
		expect(verifyXeroSignature(Buffer.from('{}'), sign('{}', current), [])).toBeNull();
	});

	it('is refused for any other body', () => {
		fc.assert(
			fc.property(fc.uint8Array(), fc.uint8Array(), (signed, sent) => {
				fc.pre(!Buffer.from(signed).equals(Buffer.from(sent)));
				const signature = sign(Buffer.from(signed), current);

				expect(verifyXeroSignature(Buffer.from(sent), signature, [current])).toBeNull();
			}),
		);
	});
});
