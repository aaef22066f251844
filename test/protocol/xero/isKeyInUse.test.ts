import { isKeyInUse } from '../../../hub-server/protocol/xero';

it('knows a key that Xero has seen with another request', () => {
	const Message = 'Idempotency Key: n8n-1 is used with a different request.';

	expect(isKeyInUse({ Message })).toBe(true);
});

it.each([[{ Message: 'A validation exception occurred' }], [{}], ['text'], [undefined]])(
	'takes no other answer for that: %j',
	(body) => {
		expect(isKeyInUse(body)).toBe(false);
	},
);
