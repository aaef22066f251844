import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { basic } from '../support/sandboxClient';
import { answerOf, connectSandbox } from './connectedSandbox';
import { startCheckedSandbox } from './checkedSandbox';
import { startReceiver } from './webhookReceiver';

let dataDir: string;
beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'sandbox-state-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

it('goes on after a restart: books, apps, tokens, connections and clock', async () => {
	const first = await connectSandbox({ dataDir });
	const made = await first.put('/Contacts', {
		Contacts: [{ Name: 'Still Here', ContactNumber: 'S-1' }],
	});
	await first.advanceClock(600);
	await first.close();

	const second = await startCheckedSandbox({ dataDir });
	const read = await answerOf(
		await second.call(first.tokens, first.tenantId, 'GET', '/api.xro/2.0/Contacts/S-1'),
	);
	const refreshed = await fetch(`${second.url}/connect/token`, {
		method: 'POST',
		headers: { authorization: basic(first.app) },
		body: new URLSearchParams({
			grant_type: 'refresh_token',
			refresh_token: first.tokens.refresh_token as string,
		}),
	});
	const again = await second.call(first.tokens, first.tenantId, 'PUT', '/api.xro/2.0/Contacts', {
		Contacts: [{ Name: 'still here' }],
	});
	const { now } = await second.state();
	await second.close();

	expect(read.json['Contacts']).toEqual(made.json['Contacts']);
	expect(refreshed.status).toBe(200);
	expect(again.status).toBe(400);
	expect(Date.parse(now) - Date.now()).toBeGreaterThan(590_000);
});

it('delivers after a restart what was undelivered before', async () => {
	const first = await connectSandbox({ dataDir });
	const receiver = await startReceiver(() => first.app.webhookKey);
	await first.setWebhook(first.app.clientId, receiver.url);
	await first.setFaults({ webhooks: { coalesceMs: 60_000 } });
	const made = await first.put('/Contacts', { Contacts: [{ Name: 'Undelivered' }] });
	await first.close();
	expect(receiver.received).toEqual([]);

	const second = await startCheckedSandbox({ dataDir });

	const [webhook] = await receiver.until(1);
	expect(webhook?.body.events).toMatchObject([{ resourceId: made.json['Contacts'][0].ContactID }]);
	await second.close();
	await receiver.close();
});

it('starts with the same organisations every time without a data folder', async () => {
	const [one, two] = await Promise.all([startCheckedSandbox(), startCheckedSandbox()]);
	const states = await Promise.all([one.state(), two.state()]);
	await Promise.all([one.close(), two.close()]);

	expect(states[0].organisations).toEqual(states[1].organisations);
	expect(states[0].organisations.map(({ name }) => name)).toEqual([
		'Demo Company (NZ)',
		'Bayside Café Pty Ltd',
		'Thornbury & Daughters Ltd',
	]);
});
