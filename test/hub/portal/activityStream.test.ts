import type { FormBrowser } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';

const COLLEAGUE = {
	name: 'Colleague',
	email: 'colleague@example.com',
	password: 'nine quiet bicycles',
};

/** The page's script comes back after any other end. */
const GONE = 'event: gone\ndata: \n\n';

describe('the stream of an activity page that stays open', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let ned: FormBrowser;
	let tenantId: string;
	let webhookKey: string;
	let apiKey: string;

	beforeEach(async () => {
		portal = await startPortal({ autoConsent: 'first' });
		owner = await portalOwner(portal);
		({ tenantId, webhookKey, apiKey } = await provisionPortal(portal));
		await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Beta' });
		ned = await invited(portal, owner, COLLEAGUE, {
			role: 'viewer',
			reach: 'some',
			workspaces: [await idOf('acme')],
		});
	});
	afterEach(() => portal.close());

	const idOf = async (slug: string): Promise<string> =>
		(await portal.hub.call('GET', `/api/v1/workspaces/${slug}`)).body.id;

	function openStream(browser: FormBrowser): Promise<Response> {
		const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
		return fetch(`${portal.url}/w/acme/activity/stream`, { headers: { cookie } });
	}

	async function happens(): Promise<void> {
		const body = payloadOf(xeroEvent({ tenantId }));
		await postWebhook(`${portal.url}/webhooks/xero/acme`, body, signatureOf(body, webhookKey));
		await portal.hub.call('GET', '/api/v1/events', undefined, apiKey);
	}

	async function pathOfNed(): Promise<string> {
		const { html } = await owner.get('/people');
		const row = html.split('<tr>').find((part) => part.includes(COLLEAGUE.email)) ?? '';
		return /href="(\/people\/[^"]+)"/.exec(row)?.[1] ?? '';
	}

	const removed = async () => {
		const path = await pathOfNed();
		await owner.submit(await owner.get(path), `${path}/remove`, { confirmed: 'yes' });
	};
	const limitedElsewhere = async () => {
		const path = await pathOfNed();
		const access = { role: 'viewer', reach: 'some', workspaces: [await idOf('beta')] };
		await owner.submit(await owner.get(path), path, access);
	};
	const signedOut = async () => {
		await ned.submit(await ned.get('/'), '/sign-out');
	};
	const workspaceDeleted = async () => {
		await portal.hub.call('DELETE', '/api/v1/workspaces/acme');
	};

	it.each([
		['was removed', removed],
		['lost the workspace', limitedElsewhere],
		['signed out', signedOut],
	])('sends nothing more to somebody who %s, and ends', async (_how, takeAway) => {
		const stream = await openStream(ned);
		const control = await openStream(owner);

		await takeAway();
		await happens();

		expect(await stream.text()).toBe(`: hello\n\n${GONE}`);
		const reader = (control.body as ReadableStream<Uint8Array>).getReader();
		let text = '';
		while (!text.includes('Contact updated')) {
			text += Buffer.from((await reader.read()).value ?? []).toString();
		}
		await reader.cancel();
	});

	it('ends although nothing happens, when the workspace is deleted', async () => {
		const stream = await openStream(ned);

		await workspaceDeleted();

		expect(await stream.text()).toBe(`: hello\n\n${GONE}`);
	});

	it('is over at once for a browser that is not signed in', async () => {
		await signedOut();

		expect(await (await openStream(ned)).text()).toBe(GONE);
	});

	it('is open six times in one browser at most, and again once one was closed', async () => {
		const open = await Promise.all(Array.from({ length: 6 }, () => openStream(ned)));

		const refused = await openStream(ned);
		await open[0]?.body?.cancel();

		expect(open.map(({ status }) => status)).toEqual(Array(6).fill(200));
		expect(refused.status).toBe(429);
		await refused.body?.cancel();
		let again = await openStream(ned);
		while (again.status === 429) {
			await again.body?.cancel();
			again = await openStream(ned);
		}
		expect(again.status).toBe(200);
	});

	it('is refused to a workspace that has as many open as it may have', async () => {
		await portal.hub.call('PATCH', '/api/v1/workspaces/acme', { quotas: { streams: 1 } });
		const first = await openStream(owner);

		const second = await openStream(ned);
		expect(second.status).toBe(429);
		expect(await second.text()).toContain('quota &quot;streams&quot; of 1');

		await first.body?.cancel();
		for (;;) {
			const again = await openStream(ned);
			await again.body?.cancel();
			if (again.status === 200) break;
		}
	});
});
