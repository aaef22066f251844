import type { XeroReply } from '../../../nodes/Xero/messages/XeroReply';
import { withAddressLimit } from '../../../nodes/Xero/transport/withAddressLimit';
import type { XeroTransport } from '../../../nodes/Xero/transport/XeroTransport';

const send = async (where: string, body: unknown = 'Not found', status = 404) => {
	const reply: XeroReply = { kind: 'answered', status, headers: {}, body };
	const transport = { route: 'hub', send: async () => reply } as unknown as XeroTransport;
	const request = { method: 'GET', path: 'api.xro/2.0/Contacts', tenantId: 't' } as const;
	const answer = await withAddressLimit(transport).send({ ...request, query: { where } });
	return answer.kind === 'answered' ? answer.status : undefined;
};

describe('a 404', () => {
	it('is 414 where the address is too long for Xero', async () => {
		expect(await send('x'.repeat(2_100))).toBe(414);
	});

	it('stays what it is where the address is short, or where the hub says it', async () => {
		const problem = { code: 'connection_not_found', title: 'Not found' };

		expect(await send('x')).toBe(404);
		expect(await send('x'.repeat(2_100), problem)).toBe(404);
	});

	it('leaves other answers alone', async () => {
		expect(await send('x'.repeat(2_100), {}, 200)).toBe(200);
	});
});
