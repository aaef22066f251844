import type { FormBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const PAGE = '/w/acme/alert-channels';

describe('the page of the channels of alerts', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	beforeEach(async () => {
		portal = await startPortal();
		owner = await portalOwner(portal);
		await portal.hub.call('POST', '/api/v1/workspaces', {
			name: 'Acme',
			n8nBaseUrls: ['http://127.0.0.1:9'],
		});
	});
	afterEach(() => portal.close());

	const add = async (kind: string, target: string) =>
		owner.submit(await owner.get(PAGE), PAGE, { kind, target });

	it('adds a webhook, shows its secret once, and never the rest of its URL', async () => {
		const added = await add('webhook', 'http://127.0.0.1:9/alerts?token=sesame');

		expect(added.html).toMatch(/value="whsec_[^"]{32}"/);
		const page = await owner.get(PAGE);
		expect(page.text).toContain('http://127.0.0.1:9/…');
		expect(page.html).not.toMatch(/whsec_|sesame/);
	});

	it.each([
		['slack', 'nonsense', 'http or https URL'],
		['webhook', 'https://10.0.0.1/x', 'not a public address'],
		['email', 'somebody@example.com', 'HUB_SMTP_URL'],
	])('refuses %s to %s where it was typed', async (kind, target, reason) => {
		const page = await add(kind, target);

		expect(page.status).toBe(422);
		expect(page.html).toMatch(new RegExp(`id="field-target-error"[^<]*${reason}`));
		expect(page.html).toContain(`value="${target}"`);
	});

	it('removes one when that was confirmed', async () => {
		await add('slack', 'http://127.0.0.1:9/one');
		const page = await owner.get(PAGE);
		const action = /action="([^"]+\/remove)"/.exec(page.html)?.[1] ?? '';

		const question = await owner.submit(page, action);
		expect(question.text).toContain('Remove this channel?');
		await owner.submit(question, action);

		expect((await owner.get(PAGE)).text).toContain('No channel yet');
	});
});
