import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually';
import { startMailServer, type MailServer } from '../../support/mailServer';
import { importExample } from '../../support/n8nServer/importExample';
import type { Credential, WorkflowNode } from '../../support/n8nServer/n8nClient';
import {
	PACK,
	START_TIMEOUT_MS,
	startN8nWithHub,
	type N8nWithHub,
} from '../../support/n8nServer/startN8nWithHub';
import { startFakeHub } from '../../nodes/support/fakeHub';
import { startReceiver, type Receiver } from '../../support/receiver';

interface Sync {
	readonly id: string;
	readonly tenantId: string;
	readonly entity: string;
	readonly baselineAt: string | null;
}

interface Delivery {
	readonly id: string;
	readonly eventId: string;
	readonly subscriptionId: string;
}

/** Of Xero's. */
interface Invoice {
	readonly InvoiceID: string;
	readonly InvoiceNumber: string;
	readonly Total: number;
	readonly CurrencyCode: string;
}

const LATE = { Date: daysAgo(40), DueDate: daysAgo(10) };

/** The workflows of `examples/` that begin with what the hub found out, as a user imports and sets them. */
describe('imported workflows, in a running n8n', () => {
	let t: N8nWithHub;
	let chat: Receiver;
	let mail: MailServer;
	let smtp: Credential;
	let tenantId: string;
	let accessToken: string;
	let bankAccountId: string;
	let invoiceSync: Sync;

	beforeAll(async () => {
		[chat, mail] = await Promise.all([startReceiver(), startMailServer()]);
		t = await startN8nWithHub({ hubEnv: { HUB_SYNC: 'on' } });
		// A night of three seconds and all who work in Xero here would have to share Xero's minute.
		await t.sandbox.setLimits({ minute: 100_000, appMinute: 100_000, day: 100_000 });
		const [connection] = t.workspace.connections;
		tenantId = connection!.tenantId;
		accessToken = (await t.api('GET', `/connections/${connection!.id}/token`)).accessToken;
		const { hostname, port } = new URL(mail.url);
		smtp = await t.n8n.client.createCredential({
			...{ name: 'Mail', type: 'smtp' },
			data: { host: hostname, port: Number(port), secure: false, disableStartTls: true },
		});
		const accounts = (await atXero('GET', 'Accounts')).Accounts as Array<Record<string, string>>;
		bankAccountId = accounts.find(({ Type }) => Type === 'BANK')!['AccountID']!;
		invoiceSync = await eventually('the first run of the invoices', async () => {
			const { items } = (await t.api('GET', '/syncs?limit=200')) as { items: readonly Sync[] };
			return items.find(
				(sync) =>
					sync.tenantId === tenantId && sync.entity === 'invoice' && sync.baselineAt !== null,
			);
		});
	}, START_TIMEOUT_MS);
	afterAll(async () => {
		await t?.close();
		await chat.close();
		await mail.close();
	}, 60_000);

	/** Somebody works in Xero. */
	async function atXero(method: string, path: string, body?: unknown) {
		const token = { access_token: accessToken };
		const reply = await t.sandbox.call(token, tenantId, method, `/api.xro/2.0/${path}`, body);
		const answer = (await reply.json()) as Record<string, unknown>;
		if (!reply.ok) throw new Error(`${method} ${path} → ${JSON.stringify(answer)}`);
		return answer;
	}
	/** An approved one. */
	async function createInvoice(wish: Readonly<Record<string, unknown>> = {}): Promise<Invoice> {
		const { Invoices } = await atXero('PUT', 'Invoices', {
			Invoices: [
				{
					...{ Type: 'ACCREC', Status: 'AUTHORISED', Contact: { Name: 'Bayside Tea' } },
					...{ Date: daysAgo(1), DueDate: daysAgo(-30), LineAmountTypes: 'NoTax' },
					LineItems: [{ Description: 'Tea', Quantity: 3, UnitAmount: 7.5, AccountCode: '200' }],
					...wish,
				},
			],
		});
		return (Invoices as readonly Invoice[])[0]!;
	}
	const edit = async ({ InvoiceID }: Invoice, change: Readonly<Record<string, unknown>>) =>
		await atXero('POST', `Invoices/${InvoiceID}`, change);
	const pay = async ({ InvoiceID, Total }: Invoice) =>
		await atXero('PUT', 'Payments', {
			Invoice: { InvoiceID },
			Account: { AccountID: bankAccountId },
			...{ Date: daysAgo(0), Amount: Total },
		});

	const imported = async (
		file: string,
		parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
	) =>
		await importExample(t.n8n.client, file, {
			credentials: { xeroHubApi: t.credential, smtp },
			parameters,
		});
	/** The hub has told everybody who wants to know. */
	const untilTold = async ({ InvoiceID }: Invoice, events: number) =>
		await eventually(`event ${events} of the invoice`, async () => {
			const { items } = (await t.api('GET', '/events?limit=200')) as {
				items: ReadonlyArray<{ readonly resourceId: string }>;
			};
			return items.filter(({ resourceId }) => resourceId === InvoiceID).length >= events
				? true
				: undefined;
		});
	const runInvoiceSync = async () => {
		const path = `/syncs/${invoiceSync.id}`;
		const { runId } = await eventually('a free turn', async () => {
			const { apiKey } = t.workspace;
			const reply = await t.hub.call('POST', `/api/v1${path}/run`, { kind: 'delta' }, apiKey);
			return reply.status === 202 ? (reply.body as { runId: string }) : undefined;
		});
		await eventually('the run', async () => {
			const { items } = (await t.api('GET', `${path}/runs`)) as {
				items: ReadonlyArray<{ readonly id: string; readonly finishedAt: string | null }>;
			};
			return items.find(({ id, finishedAt }) => id === runId && finishedAt !== null);
		});
	};

	it('tell the chat once that an invoice was paid, and not again when it is edited', async () => {
		const id = await imported('tell-the-chat-when-paid.json', {
			'Tell the chat': { url: chat.url },
		});
		await t.n8n.client.publish(id);
		const [paid, next] = [await createInvoice(), await createInvoice()];
		await Promise.all([untilTold(paid, 1), untilTold(next, 1)]);

		await pay(paid);
		await chat.until(1);
		const first = await t.n8n.client.nextExecution(id, []);
		await untilTold(paid, 2);
		await edit(paid, { Reference: 'Edited when it was paid' });
		await untilTold(paid, 3);
		await pay(next);
		await chat.until(2);
		const second = await t.n8n.client.nextExecution(id, [first.id]);
		await t.n8n.client.unpublish(id);

		expect([first, second]).toMatchObject([{ status: 'success' }, { status: 'success' }]);
		expect(chat.received.map(({ body }) => JSON.parse(body) as unknown)).toEqual(
			[paid, next].map(({ InvoiceID, InvoiceNumber, CurrencyCode }) => ({
				text: `Paid: ${InvoiceNumber} · Bayside Tea · ${CurrencyCode} 22.50 · https://go.xero.com/app/invoicing/view/${InvoiceID}`,
			})),
		);
		expect(await t.n8n.client.executionIds(id)).toHaveLength(2);
	}, 120_000);

	it('note the number of a changed invoice on its contact', async () => {
		const id = await imported('last-invoice-on-contact.json', {});
		await t.n8n.client.publish(id);
		const invoice = await createInvoice({ Contact: { Name: 'Bayside Noted' } });
		await untilTold(invoice, 1);

		await edit(invoice, { Reference: 'Changed' });
		const noted = await eventually('the number on the contact', async () => {
			const where = encodeURIComponent('Name=="Bayside Noted"');
			const { Contacts } = await atXero('GET', `Contacts?where=${where}`);
			const [contact] = Contacts as ReadonlyArray<Record<string, unknown>>;
			return contact?.['AccountNumber'];
		});
		await t.n8n.client.unpublish(id);

		expect(noted).toBe(invoice.InvoiceNumber);
	}, 120_000);

	it('remind of an overdue invoice once, and not of one that was paid meanwhile', async () => {
		const Contacts = [{ Name: 'Pays late', FirstName: 'Lena', EmailAddress: 'lena@late.example' }];
		await atXero('PUT', 'Contacts', { Contacts });
		const id = await imported('remind-once-when-overdue.json', {
			Remind: { fromEmail: 'books@bayside.example' },
		});
		await t.n8n.client.publish(id);

		const late = await createInvoice({ ...LATE, Contact: { Name: 'Pays late' } });
		await runInvoiceSync();
		const reminded = await t.n8n.client.nextExecution(id, []);
		const { items } = (await t.api('GET', '/deliveries?limit=200')) as {
			items: readonly Delivery[];
		};
		const eventId = reminded.itemsOf('When an invoice is overdue')[0]!.json['id'];
		const told = items.find((one) => one.eventId === eventId);
		await t.api('POST', `/deliveries/${told!.id}/replay`);
		const replayed = await t.n8n.client.nextExecution(id, [reminded.id]);
		await t.n8n.client.unpublish(id);
		const paid = await createInvoice({ ...LATE, Contact: { Name: 'Pays late' } });
		await runInvoiceSync();
		await pay(paid);
		await t.n8n.client.publish(id);
		const tooLate = await t.n8n.client.nextExecution(id, [reminded.id, replayed.id]);
		await t.n8n.client.unpublish(id);

		const all = [reminded, replayed, tooLate];
		expect(all.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		expect(all.map((one) => one.itemsOf('Still owed, with an address').length)).toEqual([1, 1, 0]);
		expect(all.map((one) => one.itemsOf('Remind').length)).toEqual([1, 0, 0]);
		expect(mail.mails).toMatchObject([{ to: ['lena@late.example'] }]);
		const text = mail.mails[0]!.text.replaceAll('=\r\n', '');
		expect(text).toContain(`Subject: Reminder: invoice ${late.InvoiceNumber}`);
		expect(text).toContain('Dear Lena,');
		expect(text).toContain(`was due on ${LATE.DueDate}. ${late.CurrencyCode} 22.50 is still open.`);
	}, 120_000);

	it('keep customers of a CRM and contacts the same, both ways, without an echo', async () => {
		const customers = new Map<string, Record<string, unknown>>();
		const crm = await startFakeHub(({ method, path, body }) => {
			if (method === 'GET') return { status: 200, body: [...customers.values()] };
			const id = new URL(path, 'http://crm').pathname.split('/')[3] ?? `made-${customers.size}`;
			const told = JSON.parse(body) as Record<string, unknown>;
			const updatedAt = new Date().toISOString();
			customers.set(id, { ...customers.get(id), ...told, id, updatedAt });
			return { status: 200, body: customers.get(id) };
		});
		const writes = () => crm.calls.filter(({ method }) => method !== 'GET');
		const changed = {
			...{ id: 'ways-1', name: 'Bayside Both Ways', email: 'one@ways.example' },
			...{ phone: '555 1234', updatedAt: new Date().toISOString() },
		};
		customers.set(changed.id, changed);
		const linked = "$json.links.find(({ system }) => system === 'crm')?.externalId";
		const organisation = { __rl: true, mode: 'id', value: tenantId };
		const id = await imported('crm-customers-and-contacts.json', {
			'Every 5 minutes': { rule: { interval: [{ field: 'seconds', secondsInterval: 3 }] } },
			'Changed customers': { url: `${crm.url}/api/customers` },
			'To Xero': { organisation },
			'Write to the CRM': {
				url: `=${crm.url}/api/customers{{ ${linked} ? '/' + ${linked} : '' }}`,
			},
		});
		await t.n8n.client.publish(id);
		const contactNamed = async (name: string) => {
			const { Contacts } = await atXero(
				'GET',
				`Contacts?where=${encodeURIComponent(`Name=="${name}"`)}`,
			);
			return (Contacts as ReadonlyArray<Record<string, string>>)[0];
		};

		const contact = await eventually('the contact', () => contactNamed(changed.name));
		await atXero('POST', 'Contacts', {
			Contacts: [{ ContactID: contact['ContactID'], EmailAddress: 'two@ways.example' }],
		});
		await eventually('the customer', async () =>
			customers.get('ways-1')?.['email'] === 'two@ways.example' ? true : undefined,
		);
		await atXero('PUT', 'Contacts', { Contacts: [{ Name: 'Bayside From Xero' }] });
		const made = await eventually('the new customer', async () =>
			[...customers.values()].find(({ name }) => name === 'Bayside From Xero'),
		);
		const link = await eventually('its link', async () => {
			const { items } = await t.api('GET', `/links?search=${String(made['id'])}`);
			return (items as ReadonlyArray<Record<string, unknown>>)[0];
		});
		const rounds = crm.calls.length + 4;
		await eventually('two more rounds', async () =>
			crm.calls.length >= rounds ? true : undefined,
		);
		await t.n8n.client.unpublish(id);
		await crm.close();

		const now = await contactNamed(changed.name);
		expect(now).toMatchObject({ EmailAddress: 'two@ways.example' });
		expect(link).toMatchObject({ system: 'crm', entity: 'contact', state: 'linked' });
		expect(writes().map(({ method, path }) => `${method} ${path}`)).toEqual([
			'PATCH /api/customers/ways-1',
			'POST /api/customers',
		]);
	}, 120_000);

	it('keep one row for each bill in a table, night after night', async () => {
		mkdirSync(t.n8n.filesFolder);
		const path = join(t.n8n.filesFolder, 'bills.csv');
		const id = await imported('bills-into-a-table-every-night.json', {
			'Read the table': { fileSelector: path },
			'Write the table': { fileName: path },
			'Bills changed since last night': {
				organisation: { __rl: true, mode: 'id', value: tenantId },
			},
			// A night of three seconds.
			'Every night': { rule: { interval: [{ field: 'seconds', secondsInterval: 3 }] } },
		});
		const bill = { Type: 'ACCPAY', Contact: { Name: 'Leaves, "Loose" & Co' } };
		const [kept, changed] = [
			await createInvoice({ ...bill, InvoiceNumber: 'B-1' }),
			await createInvoice({ ...bill, InvoiceNumber: '00042' }),
		];
		const rowsOf = (invoice: Invoice) =>
			table(path).filter((row) => row.at(-1) === invoice.InvoiceID);
		const untilRow = async (invoice: Invoice, column: string, value: string) =>
			await eventually(`${column} ${value} in the table`, async () =>
				rowsOf(invoice).some((row) => row[table(path)[0]!.indexOf(column)] === value)
					? true
					: undefined,
			);

		await t.n8n.client.publish(id);
		await untilRow(changed, 'Status', 'AUTHORISED');
		const before = { rows: table(path), kept: rowsOf(kept) };
		await pay(changed);
		const added = await createInvoice({ ...bill, InvoiceNumber: 'B-3' });
		await untilRow(changed, 'Status', 'PAID');
		await untilRow(added, 'Status', 'AUTHORISED');
		await t.n8n.client.unpublish(id);

		expect(before.rows[0]).toEqual([
			...['Number', 'Supplier', 'Date', 'Due', 'Currency', 'Total', 'Owed', 'Status', 'InvoiceID'],
		]);
		expect(rowsOf(kept)).toEqual(before.kept);
		expect(rowsOf(changed)).toEqual([
			[
				...['00042', 'Leaves, "Loose" & Co', daysAgo(1), daysAgo(-30)],
				...[changed.CurrencyCode, '22.5', '0', 'PAID'],
				changed.InvoiceID,
			],
		]);
		const idsOf = (rows: readonly (readonly string[])[]) => rows.slice(1).map((row) => row.at(-1));
		expect(new Set(idsOf(table(path))).size).toBe(table(path).length - 1);
		expect([...idsOf(before.rows), added.InvoiceID].sort()).toEqual(idsOf(table(path)).sort());
	}, 120_000);

	it('start only when a field changes that was asked for, and show an example in the editor', async () => {
		const trigger: WorkflowNode = {
			...{ name: 'When it is due on another day', type: `${PACK}.xeroHubTrigger` },
			webhookId: crypto.randomUUID(),
			parameters: {
				...{ events: ['invoice.updated'], filters: { changed: 'DueDate' } },
				...{ testEvent: 'example', options: { hydrate: true } },
			},
			credentials: { xeroHubApi: t.credential },
		};
		const id = await t.n8n.client.createWorkflow('Another day', [trigger]);
		const invoice = await createInvoice();
		await untilTold(invoice, 1);
		// What it was before is to be known.
		await runInvoiceSync();
		await t.n8n.client.publish(id);
		const { items: subscriptions } = (await t.api('GET', '/subscriptions')) as {
			items: ReadonlyArray<{ readonly id: string; readonly key: { readonly workflowId: string } }>;
		};
		const subscription = subscriptions.find(({ key }) => key.workflowId === id);

		await edit(invoice, { Reference: 'Something else' });
		// The hub reads the record first, and the nights before may have left it waiting for Xero's minute.
		await eventually(
			'the first change to be left out',
			async () => {
				const path = '/deliveries?status=filtered&limit=200';
				const { items } = (await t.api('GET', path)) as { items: readonly Delivery[] };
				return items.find((one) => one.subscriptionId === subscription!.id);
			},
			{ timeoutMs: 120_000 },
		);
		await edit(invoice, { DueDate: daysAgo(-40) });
		const moved = await t.n8n.client.nextExecution(id, []);
		await t.n8n.client.listenForTestEvent(id, trigger.name);
		const shown = await t.n8n.client.nextExecution(id, [moved.id]);
		await t.n8n.client.unpublish(id);

		expect(moved.itemsOf(trigger.name)).toMatchObject([
			{
				json: { resource: { id: invoice.InvoiceID }, changed: expect.arrayContaining(['DueDate']) },
			},
		]);
		expect(shown).toMatchObject({ mode: 'manual', status: 'success' });
		expect(shown.itemsOf(trigger.name)).toMatchObject([
			{ json: { type: 'invoice.updated', sample: 'example', record: { Type: 'ACCREC' } } },
		]);
		expect(await t.n8n.client.executionIds(id)).toHaveLength(2);
	}, 120_000);
});

function daysAgo(days: number): string {
	return new Date(Date.now() - days * 24 * 3600_000).toISOString().slice(0, 10);
}

/** The rows of a CSV file, the head first; none while there is no file. */
function table(path: string): readonly (readonly string[])[] {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch {
		return [];
	}
	return text
		.replace(/^\uFEFF/, '')
		.trim()
		.split('\n')
		.map((line) =>
			[...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
				(quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
			),
		);
}
