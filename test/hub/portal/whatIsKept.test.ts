import { portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';

describe('the settings of a workspace', () => {
	let portal: StartedPortal;
	beforeEach(async () => {
		portal = await startPortal({ autoConsent: 'first', env: { HUB_KEEP_EVENT_DAYS: '120' } });
	});
	afterEach(() => portal.close());

	it('say what is kept, how much may be, and for how long', async () => {
		const owner = await portalOwner(portal);
		const { tenantId, webhookKey, apiKey } = await provisionPortal(portal);
		const body = payloadOf(xeroEvent({ tenantId }), xeroEvent({ tenantId }));
		await postWebhook(`${portal.url}/webhooks/xero/acme`, body, signatureOf(body, webhookKey));
		await portal.hub.call('GET', '/api/v1/events', undefined, apiKey);

		const { text } = await owner.get('/w/acme/settings');

		expect(text).toMatch(/What is kept 2 events, \d+ bytes with their records/);
		expect(text).toContain('10,000,000 events and 50 GB that this workspace may keep');
		expect(text).toContain('deleted after 30 days, events and finished deliveries after 120');
	});
});
