import { eventually } from '../../support/eventually';
import type { FormBrowser } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';

const COLLEAGUE = {
	name: 'Noa Colleague',
	email: 'noa@example.com',
	password: 'nine quiet bicycles',
};

describe('the search', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let tenantId: string;
	let apiKey: string;
	let webhookKey: string;
	beforeEach(async () => {
		portal = await startPortal({ autoConsent: 'first' });
		owner = await portalOwner(portal);
		({ tenantId, apiKey, webhookKey } = await provisionPortal(portal));
		await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Beta' });
	});
	afterEach(() => portal.close());

	const search = async (browser: FormBrowser, wanted: string, at = '/w/acme') =>
		browser.get(`${at}/search?q=${encodeURIComponent(wanted)}`);
	const idOf = async (slug: string): Promise<string> =>
		(await portal.hub.call('GET', `/api/v1/workspaces/${slug}`)).body.id;

	/** An event that Xero sends, as the API lists it. */
	async function happens(): Promise<{ id: string; resourceId: string }> {
		const body = payloadOf(xeroEvent({ tenantId }));
		await postWebhook(`${portal.url}/webhooks/xero/acme`, body, signatureOf(body, webhookKey));
		return (await portal.hub.call('GET', '/api/v1/events', undefined, apiKey)).body.items[0];
	}

	it('finds an event by its id and by the id of its record', async () => {
		const { id, resourceId } = await happens();

		for (const wanted of [id, resourceId, id.toUpperCase()]) {
			const { html } = await search(owner, wanted);
			expect(html).toContain(`href="/w/acme/events/${id}"`);
		}
		expect((await search(owner, resourceId)).html).toContain(
			`/w/acme/records/${tenantId}/contact/${resourceId}`,
		);
	});

	it('finds organisations, keys and people by a part of their name, and says so when there is nothing', async () => {
		expect((await search(owner, tenantId)).text).toContain('Organisations');
		expect((await search(owner, 'N8N')).text).toContain('API keys');
		expect((await search(owner, 'owner@', '')).text).toContain('People');
		expect((await search(owner, 'acme', '')).html).toContain('href="/w/acme"');
		const nothing = await search(owner, '<b>no such thing</b>');
		expect(nothing.text).toContain('Nothing is called “<b>no such thing</b>”');
		expect(nothing.html).not.toContain('<b>no such');
	});

	it('finds a record by its name, read from Xero behind the page of events, in whatever case', async () => {
		await portal.sandbox.seed(tenantId, { contacts: 1, events: true });
		const name = await eventually('the name on the page of events', async () => {
			const { html } = await owner.get('/w/acme/events');
			return /<td class="wide">(?:<span[^>]*>[^<]*<\/span>)?\s*(?:· )?([^<·]{3,})<\/td>/
				.exec(html)?.[1]
				?.trim();
		});

		const found = await eventually('its name', async () => {
			const { html } = await search(owner, name.toUpperCase());
			return html.includes(`/w/acme/records/${tenantId}/contact/`) ? html : undefined;
		});

		expect(found).toContain(`>${name}</a>`);
		expect((await search(owner, `${name} no-such-word`)).html).not.toContain(`>${name}</a>`);
	});

	it('shows a viewer of one workspace nothing of another, and neither keys nor people', async () => {
		const { id } = await happens();
		const viewer = await invited(portal, owner, COLLEAGUE, {
			...{ role: 'viewer', reach: 'some' },
			workspaces: [await idOf('beta')],
		});

		expect((await search(viewer, id)).status).toBe(404);
		for (const wanted of [id, 'acme', 'n8n', 'noa', tenantId]) {
			const { html, text } = await search(viewer, wanted, '');
			expect(html).not.toContain('/w/acme');
			expect(text).not.toContain('People');
			expect(text).not.toContain('API keys ');
		}
		expect((await search(viewer, 'beta', '')).html).toContain('href="/w/beta"');
	});

	it('takes what nobody would type', async () => {
		for (const wanted of ['', '   ', '%', "'; drop table events --", 'x'.repeat(5_000), '\u0000']) {
			expect((await search(owner, wanted)).status).toBe(200);
			expect((await search(owner, wanted, '')).status).toBe(200);
		}
	});
});
