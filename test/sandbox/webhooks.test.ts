import { eventually } from '../support/eventually';
import { connectSandbox, salesInvoice, type ConnectedSandbox } from './connectedSandbox';
import { webhookSchema } from './responseSchemas';
import {
	answerProperly,
	startReceiver,
	type ReceivedWebhook,
	type WebhookReceiver,
} from './webhookReceiver';

let sandbox: ConnectedSandbox;
let receiver: WebhookReceiver;

beforeEach(async () => {
	sandbox = await connectSandbox();
	receiver = await startReceiver(() => sandbox.app.webhookKey);
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

const quick = (webhooks: Record<string, unknown> = {}) =>
	sandbox.setFaults({ webhooks: { coalesceMs: 0, retryMs: 5, ...webhooks } });
const subscribe = (categories?: string[]) =>
	sandbox.setWebhook(sandbox.app.clientId, receiver.url, categories);
const addContact = async (Name: string): Promise<string> =>
	(await sandbox.put('/Contacts', { Contacts: [{ Name }] })).json['Contacts'][0].ContactID;
const status = async () =>
	(await sandbox.state()).apps.find(({ clientId }) => clientId === sandbox.app.clientId)
		?.webhookStatus;
const soon = { timeoutMs: 5_000, intervalMs: 5 };
const untilStatus = (wanted: string) =>
	eventually(
		`the webhook to be ${wanted}`,
		async () => (await status()) === wanted || undefined,
		soon,
	);
const idsIn = (webhooks: readonly ReceivedWebhook[]) =>
	webhooks.flatMap(({ body }) => body.events.map(({ resourceId }) => resourceId));

describe('the intent to receive', () => {
	it('is passed by a receiver that tells right signatures from wrong ones', async () => {
		const { status: result, checks } = await subscribe();

		expect(result).toBe('ok');
		expect(checks.every(({ problem }) => problem === null)).toBe(true);
		expect(checks.filter(({ expectedStatus }) => expectedStatus === 200).length).toBeGreaterThan(1);
		expect(checks.filter(({ expectedStatus }) => expectedStatus === 401).length).toBeGreaterThan(1);
		expect(await status()).toBe('ok');
	});

	it('holds a signature that is wrong in one character, and one whose bytes decode to the right ones', async () => {
		const signatures: { sent: string; right: boolean }[] = [];
		receiver.answerWith((webhook, response) => {
			signatures.push({
				sent: webhook.headers['x-xero-signature'] as string,
				right: webhook.isGenuine,
			});
			answerProperly(webhook, response);
		});

		const { checks } = await subscribe();

		const lastDiffers = checks.findIndex(({ signature }) => signature.includes('same bytes'));
		const sent = signatures[lastDiffers]?.sent as string;
		expect(signatures[lastDiffers]?.right).toBe(false);
		expect(Buffer.from(sent, 'base64').toString('base64')).not.toBe(sent);
		expect(signatures).toHaveLength(checks.length);
	});

	it.each<
		[
			string,
			(webhook: ReceivedWebhook, response: Parameters<typeof answerProperly>[1]) => void,
			string,
		]
	>([
		[
			'answers 200 to everything',
			(_webhook, response) => response.writeHead(200).end(),
			'Response to incorrectly signed payload not 401',
		],
		[
			'answers 401 to everything',
			(_webhook, response) => response.writeHead(401).end(),
			'Response not 200',
		],
		[
			'answers with a body',
			(webhook, response) => response.writeHead(webhook.isGenuine ? 200 : 401).end('ok'),
			'Response contains a body',
		],
		[
			'sets a cookie',
			(webhook, response) =>
				response.writeHead(webhook.isGenuine ? 200 : 401, { 'set-cookie': 'a=b' }).end(),
			'Response contains a cookie',
		],
		[
			'redirects',
			(_webhook, response) => response.writeHead(302, { location: '/' }).end(),
			'Response not 200',
		],
		[
			'compares decoded bytes',
			(webhook, response) => {
				const sent = Buffer.from(webhook.headers['x-xero-signature'] as string, 'base64').toString(
					'base64',
				);
				response
					.writeHead(webhook.isGenuine || sent !== webhook.headers['x-xero-signature'] ? 200 : 401)
					.end();
			},
			'Response to incorrectly signed payload not 401',
		],
	])('is failed by a receiver that %s', async (_case, answer, problem) => {
		receiver.answerWith(answer);

		const { status: result, checks } = await subscribe();

		expect(result).toBe('failed');
		expect(checks.map((check) => check.problem)).toContain(problem);
		expect(await status()).toBe('failed');
	});

	it('is failed by a receiver that is too slow, or not there', async () => {
		await quick({ timeoutMs: 20 });
		receiver.answerWith(() => undefined);
		expect((await subscribe()).checks[0]?.problem).toBe('No answer within 20 ms');

		const gone = await sandbox.setWebhook(sandbox.app.clientId, 'http://127.0.0.1:9/nobody');
		expect(gone.checks[0]?.problem).toMatch(/ECONNREFUSED/);
	});
});

describe('an event', () => {
	it('tells of every write, signed over the raw bytes with their odd spacing', async () => {
		await quick();
		await subscribe();

		const ContactID = await addContact('Told Of');

		const [webhook] = await receiver.until(1);
		expect(webhook?.isGenuine).toBe(true);
		expect(webhook?.headers).toMatchObject({
			'content-type': 'application/json; charset=utf-8',
			accept: '*/*',
			'accept-encoding': 'gzip,deflate',
		});
		expect(webhook?.raw).toMatch(
			/\],"firstEventSequence": 1,"lastEventSequence": 1, "entropy": "[A-Z]{20}"\}$/,
		);
		expect(webhook?.raw).not.toBe(JSON.stringify(webhook?.body));
		expect(webhook?.body.events).toEqual([
			{
				resourceUrl: `${sandbox.url}/api.xro/2.0/Contacts/${ContactID}`,
				resourceId: ContactID,
				tenantId: sandbox.tenantId,
				tenantType: 'ORGANISATION',
				eventCategory: 'CONTACT',
				eventType: 'CREATE',
				eventDateUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/),
			},
		]);
		const validate = webhookSchema();
		expect([validate(webhook?.body), validate.errors]).toEqual([true, null]);
	});

	it('says CREATE of an invoice and of the contact made with it, UPDATE when it is voided', async () => {
		await subscribe();
		const [invoice] = (await sandbox.put('/Invoices', { Invoices: [salesInvoice()] })).json[
			'Invoices'
		];
		const [first] = await receiver.until(1);
		expect(
			first?.body.events.map(({ eventCategory, eventType }) => [eventCategory, eventType]),
		).toEqual([
			['CONTACT', 'CREATE'],
			['INVOICE', 'CREATE'],
		]);

		await sandbox.post('/Invoices', { InvoiceID: invoice.InvoiceID, Status: 'VOIDED' });

		const [, second] = await receiver.until(2);
		expect(second?.body.events).toMatchObject([
			{ eventCategory: 'INVOICE', eventType: 'UPDATE', resourceId: invoice.InvoiceID },
		]);
	});

	it('travels with others raised about the same time, numbered on', async () => {
		await subscribe();
		await sandbox.put('/Contacts', {
			Contacts: Array.from({ length: 5 }, (_, index) => ({ Name: `Batch ${index}` })),
		});
		await receiver.until(1);
		await addContact('Afterwards');

		const [first, second] = await receiver.until(2);

		expect(first?.body).toMatchObject({ firstEventSequence: 1, lastEventSequence: 5 });
		expect(second?.body).toMatchObject({ firstEventSequence: 6, lastEventSequence: 6 });
	});

	it('is not raised by a refused write', async () => {
		await quick();
		await subscribe();
		await sandbox.put('/Contacts', { Contacts: [{}] });
		const ContactID = await addContact('The Only One');

		expect(idsIn(await receiver.until(1))).toEqual([ContactID]);
	});

	it('is raised by the elements that a refused request keeps', async () => {
		await quick();
		await subscribe();
		await sandbox.put('/Contacts', { Contacts: [{ Name: 'Kept Beside' }, {}] });
		const kept = (await sandbox.get('/Contacts?searchTerm=Kept%20Beside')).json.Contacts;

		expect(idsIn(await receiver.until(1))).toEqual(kept.map(({ ContactID }) => ContactID));
	});

	it('is sent only in the categories asked for', async () => {
		await quick();
		await subscribe(['INVOICE']);
		await addContact('Not Told');
		const [invoice] = (
			await sandbox.put('/Invoices', {
				Invoices: [salesInvoice({ Contact: { Name: 'Not Told' } })],
			})
		).json['Invoices'];

		expect(idsIn(await receiver.until(1))).toEqual([invoice.InvoiceID]);
	});

	it('is sent only to apps connected to the organisation with offline_access', async () => {
		await quick();
		const other = await sandbox.createApp();
		const otherReceiver = await startReceiver(() => other.webhookKey);
		expect((await sandbox.setWebhook(other.clientId, otherReceiver.url)).status).toBe('ok');
		await sandbox.authorise(other, { scopes: ['accounting.contacts'] });
		await subscribe();

		await addContact('Heard by one');
		await receiver.until(1);
		await sandbox.authorise(other, { scopes: ['offline_access'] });
		const second = await addContact('Heard by both');

		expect(idsIn(await otherReceiver.until(1))).toEqual([second]);
		await otherReceiver.close();
	});
});

describe('a delivery that fails', () => {
	const down = (_webhook: ReceivedWebhook, response: Parameters<typeof answerProperly>[1]): void =>
		void response.writeHead(503).end();

	it('is retried byte for byte, and later events follow in order once the receiver is back', async () => {
		await quick({ retryMs: 50 });
		await subscribe();
		receiver.answerWith(down);
		const first = await addContact('First');
		await receiver.until(2);
		expect(await status()).toBe('retry');
		const second = await addContact('Second');
		const third = await addContact('Third');
		await receiver.until(3);
		receiver.answerWith(undefined);

		await untilStatus('ok');
		await eventually(
			'the later events',
			async () => idsIn(receiver.received).includes(third) || undefined,
			soon,
		);

		const retried = receiver.received.filter(({ raw }) => raw.includes(first));
		expect(retried.length).toBeGreaterThanOrEqual(3);
		expect(new Set(retried.map(({ raw }) => raw)).size).toBe(1);
		expect([...new Set(idsIn(receiver.received))]).toEqual([first, second, third]);
	});

	it('is given up after 24 hours: the webhook is disabled, its events kept for when it is set up again', async () => {
		await sandbox.setFaults({ webhooks: { coalesceMs: 0 } });
		await subscribe();
		receiver.answerWith(down);
		const first = await addContact('First');
		await receiver.until(2);
		await sandbox.advanceClock(86_400);
		await untilStatus('disabled');
		await sandbox.seed(sandbox.tenantId, { contacts: 2, events: true });
		const before = receiver.received.length;
		receiver.answerWith(undefined);

		await subscribe();

		await receiver.until(before + 1);
		expect(idsIn(receiver.received.slice(before))).toEqual([
			first,
			expect.any(String),
			expect.any(String),
		]);
	});
});

describe('the switches', () => {
	it('send every payload twice', async () => {
		await quick({ duplicate: true });
		await subscribe();
		await addContact('Twice');

		const [first, second] = await receiver.until(2);

		expect(second?.raw).toBe(first?.raw);
	});

	it('send events out of order, and the same one twice in a payload', async () => {
		await sandbox.setFaults({ webhooks: { outOfOrder: true, repeatInPayload: true } });
		await subscribe();
		const made = await sandbox.put('/Contacts', { Contacts: [{ Name: 'One' }, { Name: 'Two' }] });
		const [one, two] = made.json['Contacts'].map(
			({ ContactID }: { ContactID: string }) => ContactID,
		);

		expect(idsIn(await receiver.until(1))).toEqual([two, two, one, one]);
	});

	it('send whatever a test wants at once, rightly or wrongly signed, and tell how it was taken', async () => {
		await subscribe();
		const event = {
			tenantId: sandbox.tenantId,
			resourceId: '22222222-2222-4222-8222-222222222222',
			eventCategory: 'NOVELTY',
		};

		expect(await sandbox.sendWebhooks(sandbox.app.clientId, [event])).toMatchObject({
			status: 200,
			problem: null,
		});
		expect(await sandbox.sendWebhooks(sandbox.app.clientId, [event], 'wrong')).toMatchObject({
			status: 401,
		});
		expect(receiver.received[0]?.body.events).toMatchObject([{ ...event, eventType: 'UPDATE' }]);
	});
});
