import { eventually } from '../../support/eventually';
import type { FormBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';

interface Delivery {
	readonly id: string;
	readonly eventId: string;
	readonly subscriptionId: string;
}

const KEY = { instanceId: 'n8n-1', workflowId: 'wf-42' };

describe('workflows in the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let receiver: Receiver;
	let apiKey: string;
	let tenantId: string;
	let webhookKey: string;
	beforeEach(async () => {
		[portal, receiver] = await Promise.all([
			startPortal({ autoConsent: 'first' }),
			startReceiver(),
		]);
		owner = await portalOwner(portal);
		({ apiKey, tenantId, webhookKey } = await provisionPortal(portal, [receiver.url]));
	});
	afterEach(async () => {
		await portal.close();
		await receiver.close();
	});

	const call = (method: string, path: string, body?: unknown) =>
		portal.hub.call(method, `/api/v1${path}`, body, apiKey);
	const subscribe = async (nodeId: string, more: object = {}) =>
		(
			await call('POST', '/subscriptions', {
				...{ url: `${receiver.url}/webhook/${nodeId}`, events: ['contact.updated'] },
				...{ key: { ...KEY, nodeId }, requireReceipt: true, ...more },
			})
		).body.id as string;
	const listed = async () =>
		(await call('GET', '/subscriptions')).body.items as { id: string; url: string }[];
	const at = '/w/acme/workflows';

	it('are explained while there are none, and hide what listens for a test', async () => {
		await subscribe('one', { mode: 'test' });

		expect((await owner.get(at)).text).toContain('No workflow yet');
	});

	it('say how each proves what it took, and where one is parked', async () => {
		await subscribe('one');
		await subscribe('two', { requireReceipt: false });
		await call('DELETE', `/subscriptions/${await subscribe('three')}`);

		const page = await owner.get(at);

		expect(page.text).toContain('Confirms each event with a signed receipt');
		expect(page.text).toContain('any 2xx counts');
		expect(page.text).toContain('unpublish and publish it again');
		expect(page.text).toContain('Workflow wf-42');
	});

	it('follow n8n to a new address, all of one n8n together', async () => {
		const later = await startReceiver();
		await portal.hub.call('PATCH', '/api/v1/workspaces/acme', {
			n8nBaseUrls: [receiver.url, later.url],
		});
		const id = await subscribe('one');
		await subscribe('two');

		const action = `${at}/${id}/move`;
		const refused = await owner.submit(await owner.get(action), action, {
			to: 'https://169.254.169.254',
		});
		const moved = await owner.submit(refused, action, { to: later.url, ofInstance: 'yes' });

		expect(refused.text).toContain('is not a public address');
		expect(moved.text).toContain('Deliveries go to the new address');
		expect((await listed()).map(({ url }) => url)).toEqual([
			...[`${later.url}/webhook/one`, `${later.url}/webhook/two`],
		]);
		await later.close();
	});

	it('hand over a queue, or discard it, when that was confirmed', async () => {
		const [one, two, three] = [
			await subscribe('one'),
			await subscribe('two'),
			await subscribe('three'),
		];
		await call('DELETE', `/subscriptions/${one}`);

		const asked = await owner.submit(await owner.get(at), `${at}/${one}/adopt`, { by: two });
		const adopted = await owner.submit(asked, `${at}/${one}/adopt`);
		const sure = await owner.submit(adopted, `${at}/${three}/discard`);
		const discarded = await owner.submit(sure, `${at}/${three}/discard`);

		expect(asked.text).toContain('Adopt this queue?');
		expect(adopted.text).toContain('The queue was adopted');
		expect(discarded.text).toContain('The queue was discarded');
		expect((await listed()).map(({ id }) => id)).toEqual([two]);
	});

	it('that are pulled say so, when they asked last, and offer no address to move', async () => {
		const wish = { events: ['contact.updated'], delivery: 'pull' };
		const made = (
			await call('POST', '/subscriptions', { ...wish, key: { ...KEY, nodeId: 'pulls' } })
		).body as { id: string; url: string };
		await call('POST', '/subscriptions', { ...wish, url: 'pull:nightly-books' });
		const event = xeroEvent({ tenantId });
		const body = payloadOf(event);
		await postWebhook(`${portal.url}/webhooks/xero/acme`, body, signatureOf(body, webhookKey));
		const delivery = await eventually('the delivery', async () => {
			const { items } = (await call('GET', '/deliveries')).body as { items: Delivery[] };
			return items.find(({ subscriptionId }) => subscriptionId === made.id);
		});

		const before = await owner.get(at);
		const waiting = await owner.get(`/w/acme/deliveries/${delivery.id}`);
		await call('GET', `/subscriptions/${made.id}/pull`);
		const pulled = await owner.get(`/w/acme/deliveries/${delivery.id}`);
		const activity = await owner.get('/w/acme/activity');
		await call('POST', `/subscriptions/${made.id}/acknowledge`, { ids: [delivery.id] });
		const after = await owner.get(at);
		const acknowledged = await owner.get(`/w/acme/deliveries/${delivery.id}`);
		const pages = await Promise.all(
			[
				'/w/acme/deliveries',
				`/w/acme/events/${delivery.eventId}`,
				'/w/acme/activity',
				'/w/acme',
			].map((path) => owner.get(path)),
		);

		expect(before.text).toContain('Workflow wf-42, which asks for its events');
		expect(before.text).toContain('nightly-books, which asks for its events');
		expect(before.text).toContain('Has not asked since it was published');
		expect(before.text).not.toContain('n8n has a new address');
		expect(waiting.text).toContain('Waits to be asked for');
		expect(pulled.text).toContain('Not acknowledged');
		expect(activity.text).toContain('Pulled Contact updated by Workflow wf-42');
		expect(after.text).toContain('Asked last');
		expect(acknowledged.text).toContain('When it was pulled');
		expect(acknowledged.text).toContain('Acknowledged');
		expect(acknowledged.text).not.toContain('Attempts');
		for (const page of [before, waiting, pulled, after, acknowledged, ...pages]) {
			expect(page.text).not.toContain('pull:');
		}
		expect((await owner.get(`${at}/${made.id}/move`)).at).toBe(at);
	});
});
