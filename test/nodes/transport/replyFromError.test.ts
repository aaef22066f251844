import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

import { replyFromError } from '../../../nodes/Xero/transport/replyFromError';

const node = { name: 'Xero', type: 'xeroHub' } as INode;

/** As n8n's HTTP client throws, wrapped as n8n wraps it. */
function wrapped(members: object): NodeApiError {
	const error = Object.assign(new Error('Request failed'), { isAxiosError: true }, members);
	return new NodeApiError(node, error as unknown as JsonObject);
}

describe('replyFromError', () => {
	it('finds status, headers and body below the wrapping of n8n', () => {
		const response = { status: 429, headers: { 'Retry-After': 37 }, data: 'slow down' };

		expect(replyFromError(wrapped({ response }))).toEqual({
			kind: 'answered',
			status: 429,
			headers: { 'retry-after': '37' },
			body: 'slow down',
		});
	});

	it.each(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND'])(
		'says in words that the connection was lost (%s)',
		(code) => {
			const reply = replyFromError(wrapped({ code }));

			expect(reply).toMatchObject({ kind: 'lost' });
			expect(JSON.stringify(reply)).not.toContain(code);
		},
	);

	it('tells a request that never left from one that was lost', () => {
		const error = new NodeApiError(node, { message: 'OAuth credentials not connected' });

		expect(replyFromError(error)).toEqual({
			kind: 'unsent',
			message: 'OAuth credentials not connected',
		});
	});

	it.each([undefined, null, 'text', {}])('takes %j as never sent', (thrown) => {
		expect(replyFromError(thrown)).toMatchObject({ kind: 'unsent' });
	});
});
