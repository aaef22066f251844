import fc from 'fast-check';

import { idempotencyKey, type KeyedWrite } from '../../../hub-server/protocol/xero';

const write: KeyedWrite = {
	maker: 'n8n',
	seed: 'execution:node:0',
	tenantId: 'tenant',
	method: 'PUT',
	path: 'api.xro/2.0/Invoices',
	items: [0, 1],
	body: '{"Invoices":[]}',
};

describe('idempotencyKey', () => {
	it('is the same for the same write and fits into 128 characters', () => {
		fc.assert(
			fc.property(fc.string(), fc.array(fc.nat()), (body, items) => {
				const key = idempotencyKey({ ...write, body, items });

				expect(key).toBe(idempotencyKey({ ...write, body, items }));
				expect(key.length).toBeLessThanOrEqual(128);
				expect(key).toMatch(/^n8n-/);
			}),
		);
	});

	it.each<[string, Partial<KeyedWrite>]>([
		['another maker', { maker: 'hub' }],
		['another run', { seed: 'execution:node:1' }],
		['another organisation', { tenantId: 'other' }],
		['another method', { method: 'POST' }],
		['another path', { path: 'api.xro/2.0/Contacts' }],
		['the same content for other items', { items: [2, 3] }],
		['other content', { body: '{"Invoices":[{}]}' }],
	])('differs for %s', (_what, change) => {
		expect(idempotencyKey({ ...write, ...change })).not.toBe(idempotencyKey(write));
	});
});
