import { connectSandbox, salesInvoice, type ConnectedSandbox } from './connectedSandbox';
import { eventually } from '../support/eventually';
import { startReceiver, type WebhookReceiver } from './webhookReceiver';

describe("the sandbox's own pages", () => {
	let sandbox: ConnectedSandbox;
	let receiver: WebhookReceiver;
	let at: string;

	beforeEach(async () => {
		sandbox = await connectSandbox();
		receiver = await startReceiver(() => sandbox.app.webhookKey);
		at = `/org/${sandbox.tenantId}`;
	});
	afterEach(async () => {
		await sandbox.close();
		await receiver.close();
	});

	const look = async (path: string) => (await fetch(sandbox.url + path)).text();
	const press = (
		path: string,
		fields: Readonly<Record<string, string>> = {},
		headers: Readonly<Record<string, string>> = {},
	) =>
		fetch(sandbox.url + path, {
			...{ method: 'POST', redirect: 'manual', headers },
			body: new URLSearchParams(fields),
		});
	const invoiceOf = async (id: string) =>
		(await sandbox.get(`/Invoices/${id}`)).json['Invoices'][0];
	async function draft(): Promise<string> {
		const { json } = await sandbox.put('/Invoices', { ...salesInvoice(), Status: 'DRAFT' });
		return json['Invoices'][0].InvoiceID;
	}

	it('take an invoice from draft to paid, and each step is told by webhook', async () => {
		await press(`/apps/${sandbox.app.clientId}/webhook`, { deliveryUrl: receiver.url });
		await sandbox.setFaults({ webhooks: { coalesceMs: 0 } });
		const id = await draft();

		const edited = await press(`${at}/invoices/${id}/edit`, { reference: 'Order 7' });
		await press(`${at}/invoices/${id}/approve`);
		await press(`${at}/invoices/${id}/pay`);

		expect(edited.status).toBe(302);
		expect(await invoiceOf(id)).toMatchObject({
			...{ Reference: 'Order 7', Status: 'PAID', AmountDue: 0 },
		});
		// Events that come while a payload is under way travel together in the next.
		const told = await eventually('each step to be told', async () => {
			const events = receiver.received.flatMap(({ body }) => body.events);
			const types = events
				.filter(({ resourceId }) => resourceId === id)
				.map(({ eventType }) => eventType);
			return types.length >= 4 ? types : undefined;
		});
		expect(told).toEqual(['CREATE', 'UPDATE', 'UPDATE', 'UPDATE']);
		expect(receiver.received.every(({ isGenuine }) => isGenuine)).toBe(true);
		expect(await look('/webhooks')).toContain('INVOICE UPDATE');
	});

	it('offer what can be done next, and say in the words of Xero what cannot', async () => {
		const id = await draft();
		await press(`${at}/invoices/${id}/approve`);
		await press(`${at}/invoices/${id}/pay`);

		const again = await press(`${at}/invoices/${id}/void`);
		const page = await look(`${at}/invoices/${id}`);

		expect(again.status).toBe(422);
		expect(await again.text()).toMatch(/class="error">[^<]+/);
		expect(page).toContain('paid');
		expect(page).not.toContain(`/invoices/${id}/pay"`);
	});

	it('void an approved invoice, and delete a draft', async () => {
		const [approved, left] = [await draft(), await draft()];
		await press(`${at}/invoices/${approved}/approve`);

		await press(`${at}/invoices/${approved}/void`);
		await press(`${at}/invoices/${left}/void`);

		expect((await invoiceOf(approved)).Status).toBe('VOIDED');
		expect((await invoiceOf(left)).Status).toBe('DELETED');
	});

	it('make, rename and archive contacts', async () => {
		await press(`${at}/contacts`, { name: 'Ridgeway & Sons', email: 'a@example.com' });
		const { json } = await sandbox.get('/Contacts?searchTerm=Ridgeway');
		const id = json['Contacts'][0].ContactID;

		await press(`${at}/contacts/${id}/edit`, { name: 'Ridgeway Group', email: 'b@example.com' });
		await press(`${at}/contacts/${id}/archive`);

		expect((await sandbox.get(`/Contacts/${id}`)).json['Contacts'][0]).toMatchObject({
			...{ Name: 'Ridgeway Group', EmailAddress: 'b@example.com', ContactStatus: 'ARCHIVED' },
		});
	});

	it('show what is written in the books as text', async () => {
		await press(`${at}/contacts`, { name: '<script>alert(1)</script>', email: '' });

		const page = await look(`${at}/contacts`);

		expect(page).toContain('&lt;script&gt;');
		expect(page).not.toContain('<script>alert');
	});

	it.each(['Payments', 'CreditNotes', 'BankTransactions', 'Items', 'Accounts'])(
		'list %s',
		async (resource) => {
			const page = await look(`${at}/list/${resource}`);

			expect(page).toMatch(/<table>|None\./);
		},
	);

	it('switch faults on and off, and leave the others as they are', async () => {
		await sandbox.setFaults({ webhooks: { retryMs: 5 } });
		const slow = /Slow<\/td><td>[^<]+<\/td><td>([^/]*)</;

		await press('/faults/0');
		await press('/faults/8');
		const faults = async () => (await fetch(`${sandbox.url}/_sandbox/faults`)).json();

		expect((await look('/faults')).match(slow)?.[1]).toContain('On');
		expect(await faults()).toMatchObject({
			...{ latencyMs: 3_000, webhooks: { duplicate: true, retryMs: 5 } },
		});
		await press('/faults/0');
		expect(await faults()).toMatchObject({ latencyMs: 0, webhooks: { duplicate: true } });
	});

	it('say what is wrong with switches that are typed', async () => {
		const noJson = await press('/faults', { faults: '{' });
		const unknown = await press('/faults', { faults: '{"gremlins": true}' });

		expect(await noJson.text()).toContain('This is not JSON.');
		expect(await unknown.text()).toContain('gremlins');
	});

	it.each([
		['contacts', { contacts: 120 }],
		['invoices', { invoices: 120 }],
		['list/CreditNotes', { creditNotes: 120 }],
	])('show the %s page by page, each once', async (list, records) => {
		await sandbox.seed(sandbox.tenantId, records);
		const seen: string[] = [];

		for (let path: string | undefined = `${at}/${list}`; path !== undefined;) {
			const page = await look(path);
			const rows = page.match(/<tr><td>.*?<\/tr>/gs) ?? [];
			expect(rows.length).toBeLessThanOrEqual(100);
			seen.push(...rows);
			path = /rel="next" href="([^"]+)"/.exec(page)?.[1];
		}

		expect(seen.length).toBeGreaterThanOrEqual(120);
		expect(new Set(seen).size).toBe(seen.length);
	});

	it('take what is not a page for the first', async () => {
		const first = await look(`${at}/invoices`);

		expect(await look(`${at}/invoices?page=-1`)).toBe(first);
		expect(await look(`${at}/invoices?page=x`)).toBe(first);
	});

	it('have no list of what is not in the books', async () => {
		const answer = await fetch(`${sandbox.url}${at}/list/constructor`);

		expect(answer.status).toBe(404);
	});

	it('set limits, and say what is wrong with them', async () => {
		const wrong = await press('/limits', { minute: 'many' });
		await press('/limits', { minute: '0' });
		const refused = await sandbox.get('/Contacts');
		await press('/limits');

		expect(wrong.status).toBe(422);
		expect(await wrong.text()).toContain('minute');
		expect(refused.status).toBe(429);
		expect((await sandbox.get('/Contacts')).status).toBe(200);
	});

	it('show what was sent byte for byte, its signature, and which attempt it was', async () => {
		await press(`/apps/${sandbox.app.clientId}/webhook`, { deliveryUrl: receiver.url });
		await sandbox.setFaults({ webhooks: { coalesceMs: 0, retryMs: 5 } });
		receiver.answerWith((_webhook, response) => {
			receiver.answerWith(undefined);
			response.writeHead(500).end();
		});
		await press(`${at}/contacts`, { name: 'Retried', email: '' });
		const [refused, taken] = await receiver.until(2);

		const page = await eventually('both attempts to be listed', async () => {
			const text = await look('/webhooks');
			return text.includes('<td class="number">2</td>') ? text : undefined;
		});

		const entropy = refused?.body.entropy ?? '';
		expect(taken?.raw).toBe(refused?.raw);
		expect(page.split(`&quot;entropy&quot;: &quot;${entropy}&quot;`)).toHaveLength(3);
		expect(page).toContain(`x-xero-signature: ${String(taken?.headers['x-xero-signature'])}`);
	});

	it('send a webhook again', async () => {
		await press(`/apps/${sandbox.app.clientId}/webhook`, { deliveryUrl: receiver.url });
		await sandbox.setFaults({ webhooks: { coalesceMs: 0 } });
		await press(`${at}/contacts`, { name: 'Twice', email: '' });
		await receiver.until(1);
		const page = await look('/webhooks');
		const [, number = ''] = /action="\/webhooks\/(\d+)\/resend"/.exec(page) ?? [];

		await press(`/webhooks/${number}/resend`);

		const [first, second] = await receiver.until(2);
		expect(second?.body.events).toEqual(first?.body.events);
	});

	it('say why an address was not taken for webhooks', async () => {
		receiver.answerWith((_webhook, response) => response.writeHead(200).end());

		const answer = await press(`/apps/${sandbox.app.clientId}/webhook`, {
			deliveryUrl: receiver.url,
		});

		expect(answer.status).toBe(422);
		expect(await answer.text()).toContain('class="error"');
	});

	it('take no form of another site', async () => {
		const foreign = await press('/faults/0', {}, { origin: 'https://evil.example' });

		expect(foreign.status).toBe(403);
		expect(await look('/faults')).not.toContain('class="error">On');
	});

	it('list what arrived, without what was in it', async () => {
		await sandbox.get('/Contacts?page=1');

		const page = await look('/requests');

		expect(page).toContain('/api.xro/2.0/Contacts');
		expect(page).not.toContain(sandbox.tokens.access_token);
	});
});
