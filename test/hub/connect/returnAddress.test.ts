import { isAllowedReturn, returnTo } from '../../../hub-server/src/connect/returnAddress';

const ORIGINS = ['https://app.example.com', 'http://localhost:3000'];

describe('the address that a connect session comes back to', () => {
	it.each(['https://app.example.com', 'https://app.example.com/a?b#c', 'http://localhost:3000/x'])(
		'may be %s',
		(url) => expect(isAllowedReturn(url, ORIGINS)).toBe(true),
	);

	it.each([
		'https://app.example.com.evil.example/',
		'https://evil.example/https://app.example.com',
		'https://app.example.com@evil.example/',
		'https://user:word@app.example.com/',
		'https://app.example.com:8443/',
		'http://app.example.com/',
		'http://localhost:3001/',
		'//app.example.com/',
		'/done',
		'javascript:alert(1)//https://app.example.com',
		'data:text/html,x',
		'https://sub.app.example.com/',
		'https:\\\\evil.example\\app.example.com',
		'',
	])('may not be %s', (url) => expect(isAllowedReturn(url, ORIGINS)).toBe(false));

	it('may not be of an opaque origin, though one is allowed by mistake', () => {
		expect(isAllowedReturn('javascript:alert(1)', ['null'])).toBe(false);
	});

	it("tells nothing in the hub's name that stood in it before", () => {
		const url = 'https://app.example.com/?status=connected&tenantId=mine&state=old&keep=1#top';

		const back = returnTo(
			{ url, state: undefined, externalUserId: undefined },
			{ status: 'failed', reason: 'state_used' },
		);

		expect(back).toBe('https://app.example.com/?keep=1&status=failed&reason=state_used#top');
	});
});
