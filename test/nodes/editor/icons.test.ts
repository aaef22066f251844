import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { XeroAccountingOAuth2Api } from '../../../credentials/XeroAccountingOAuth2Api.credentials';
import { XeroCustomConnectionOAuth2Api } from '../../../credentials/XeroCustomConnectionOAuth2Api.credentials';
import { XeroHubApi } from '../../../credentials/XeroHubApi.credentials';
import { Xero } from '../../../nodes/Xero/Xero.node';
import { XeroNoWebhookTrigger } from '../../../nodes/XeroNoWebhookTrigger/XeroNoWebhookTrigger.node';
import { XeroTrigger } from '../../../nodes/XeroTrigger/XeroTrigger.node';
import { repositoryRoot } from '../../support/repositoryRoot';

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');

/** By the file that names them. */
const ICONS = {
	'nodes/Xero/Xero.node.ts': new Xero().description.icon,
	'nodes/XeroTrigger/XeroTrigger.node.ts': new XeroTrigger().description.icon,
	'nodes/XeroNoWebhookTrigger/XeroNoWebhookTrigger.node.ts': new XeroNoWebhookTrigger().description
		.icon,
	'credentials/XeroHubApi.credentials.ts': new XeroHubApi().icon,
	'credentials/XeroAccountingOAuth2Api.credentials.ts': new XeroAccountingOAuth2Api().icon,
	'credentials/XeroCustomConnectionOAuth2Api.credentials.ts': new XeroCustomConnectionOAuth2Api()
		.icon,
};

const THEMES = ['light', 'dark'] as const;

function drawing(owner: keyof typeof ICONS, theme: (typeof THEMES)[number]): string {
	const icon = ICONS[owner] as Readonly<Record<string, string>>;
	return read(join(dirname(owner), String(icon[theme]).replace(/^file:/, '')));
}

const owners = Object.keys(ICONS) as Array<keyof typeof ICONS>;

describe('the icons of nodes and credentials', () => {
	it.each(owners)('%s has the mark of the portal, in light and in dark', (owner) => {
		const [, mark] = /<path d="([^"]+)"/.exec(read('hub-server/src/portal/assets/icon.svg')) ?? [];

		expect(mark).toBeDefined();
		for (const theme of THEMES) expect(drawing(owner, theme)).toContain(`<path d="${mark}"`);
		expect(drawing(owner, 'light')).not.toBe(drawing(owner, 'dark'));
	});

	it('tell the node and its two triggers apart', () => {
		const nodes = owners.filter((owner) => owner.startsWith('nodes/'));

		for (const theme of THEMES) {
			expect(new Set(nodes.map((owner) => drawing(owner, theme))).size).toBe(nodes.length);
		}
	});
});
