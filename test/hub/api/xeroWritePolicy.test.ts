import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { SAMPLES, aimed, passes } from '../../documentation/whoMayWhat';
import { connectedTestHub, type ConnectedTestHub } from '../../support/connectedTestHub';
import { xeroWrites, type XeroWrite } from '../../support/xeroWrites';

/** Ways to write that no table has: a spelling, a method or an API whose writes no node makes. */
const STRAYS: readonly XeroWrite[] = [
	{ method: 'POST', path: '/api.xro/2.0/invoices' },
	{ method: 'POST', path: '/api.xro/2.0/Invoices/:id/Nothing' },
	{ method: 'POST', path: '/api.xro/2.0/%49nvoices' },
	{ method: 'POST', path: '/api.xro/2.0/Nothing' },
	{ method: 'PATCH', path: '/api.xro/2.0/Invoices' },
	{ method: 'DELETE', path: '/api.xro/2.0/Invoices/:id' },
	{ method: 'POST', path: '/assets.xro/1.0/Assets' },
	{ method: 'POST', path: '/projects.xro/2.0/Projects' },
	{ method: 'PATCH', path: '/projects.xro/2.0/Projects/:id' },
	{ method: 'POST', path: '/payroll.xro/1.0/Employees' },
	{ method: 'POST', path: '/payroll.xro/2.0/Employees' },
];

/** They are no address of Xero's at all. */
const NOWHERE: readonly XeroWrite[] = [
	{ method: 'POST', path: '/api.xro/2.0/Invoices/' },
	{ method: 'POST', path: '/api.xro/3.0/Invoices' },
	{ method: 'POST', path: '/nothing.xro/2.0/Invoices' },
	{ method: 'POST', path: '/api.xro/2.0/Contacts/../Payments' },
	{ method: 'POST', path: '/api.xro/2.0/Contacts/..%2FPayments' },
];

describe.each(['none', 'drafts', 'all'] as const)('under the write policy "%s"', (policy) => {
	let hub: ConnectedTestHub;
	let tenantId: string;
	beforeAll(async () => {
		// Xero's own limits are not what is looked at.
		hub = await connectedTestHub();
		const [connection] = hub.connections;
		({ tenantId } = connection!);
		await hub.sandbox.setLimits({ minute: 10_000, day: 100_000 });
		const answer = await fetch(`${hub.t.hub.url}/api/v1/connections/${connection!.id}`, {
			method: 'PATCH',
			headers: {
				authorization: `Bearer ${hub.t.adminKey}`,
				...{ 'x-workspace': 'acme', 'content-type': 'application/json' },
			},
			body: JSON.stringify({ writePolicy: policy }),
		});
		expect(answer.status).toBe(200);
	}, 60_000);
	afterAll(() => hub.close());

	async function tryIt(write: XeroWrite, { body }: (typeof SAMPLES)[number], isSent: boolean) {
		const path = aimed(write.path);
		await hub.sandbox.forgetRequests();

		const answer = await hub.call(write.method, `/xero/${tenantId}${path}`, body);

		const heard = (await hub.sandbox.requests()).filter((one) => one.path.includes('.xro/'));
		expect([body, answer.body?.code === 'write_not_allowed', heard.length]).toEqual([
			...[body, !isSent, isSent ? 1 : 0],
		]);
		if (!isSent) expect(answer.status).toBe(403);
	}

	const named = ({ method, path }: XeroWrite) => `${method} ${path}`;
	it.each(xeroWrites().map((write) => [named(write), write] as const))(
		'%s reaches Xero where the table says so',
		async (_name, write) => {
			for (const sample of SAMPLES) {
				await tryIt(write, sample, passes(policy, write, sample));
			}
		},
	);

	it.each(STRAYS.map((write) => [named(write), write] as const))(
		'%s is in no table, and reaches Xero only where everything may',
		async (_name, write) => {
			for (const sample of SAMPLES) await tryIt(write, sample, policy === 'all');
		},
	);

	it.each(NOWHERE.map((write) => [named(write), write] as const))(
		'%s never reaches Xero',
		async (_name, write) => {
			await hub.sandbox.forgetRequests();

			const answer = await postRaw(`/api/v1/xero/${tenantId}${aimed(write.path)}`);

			expect(answer).toBeGreaterThanOrEqual(400);
			expect(await hub.sandbox.requests()).toEqual([]);
		},
	);

	/** As it is written: `fetch` would go up by itself. */
	async function postRaw(path: string): Promise<number> {
		const { port } = new URL(hub.t.hub.url);
		const headers = {
			authorization: `Bearer ${hub.t.adminKey}`,
			...{ 'x-workspace': 'acme', 'content-type': 'application/json' },
		};
		const sent = request({ host: '127.0.0.1', port, method: 'POST', path, headers });
		sent.end(JSON.stringify({ Status: 'DRAFT' }));
		const [answer] = (await once(sent, 'response')) as [IncomingMessage];
		answer.resume();
		return answer.statusCode ?? 0;
	}
});
