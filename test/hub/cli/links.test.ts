import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	exportLinksTo,
	importLinks,
	migrateLinks,
	revertMigration,
	type ImportOptions,
	type MigrateOptions,
} from '../../../hub-server/src/cli/links';
import { openAdministration } from '../../../hub-server/src/cli/openAdministration';
import { withStores } from '../../../hub-server/src/cli/withStores';
import { temporaryFolder } from '../../support/temporaryFolder';
import { pushedOrganisation, type PushedOrganisation } from '../push/pushedOrganisation';

const NOWHERE = '00000000-0000-4000-8000-00000000abcd';

describe('xero-hub links, beside a running hub', () => {
	let acme: PushedOrganisation;
	let folder: ReturnType<typeof temporaryFolder>;
	beforeEach(async () => {
		folder = temporaryFolder();
		acme = await pushedOrganisation();
	}, 60_000);
	afterEach(async () => {
		await acme.close();
		folder.remove();
	});

	/** What it printed. */
	async function run(
		command: (
			deps: ReturnType<typeof openAdministration> & Parameters<typeof exportLinksTo>[0],
			workspace: Parameters<typeof importLinks>[1],
			print: (line: string) => void,
		) => Promise<unknown>,
	): Promise<string> {
		const lines: string[] = [];
		const { portal } = acme;
		const env = {
			...{ HUB_DATA_DIR: portal.hub.dataDir, HUB_PUBLIC_URL: portal.url },
			...{ XERO_LOGIN_URL: portal.sandbox.url, XERO_IDENTITY_URL: portal.sandbox.url },
			XERO_API_URL: portal.sandbox.url,
		};
		await withStores(env, async (stores, config) => {
			const deps = { ...openAdministration(stores, config), links: stores.links };
			await command(deps, await stores.workspaces.get('acme'), (line) => lines.push(line));
		});
		return lines.join('\n');
	}
	const fileOf = (name: string, text: string) => {
		const file = join(folder.path, name);
		writeFileSync(file, text);
		return file;
	};
	const importOf = (file: string, options: ImportOptions = {}) =>
		run((deps, workspace, print) => importLinks(deps, workspace, file, options, print));
	const migrate = (options: Omit<MigrateOptions, 'to'> = {}) =>
		run((deps, workspace, print) =>
			migrateLinks(deps, workspace, { to: acme.tenantId, ...options }, print),
		);
	const linksIn = async (tenantId: string) =>
		((await acme.call('GET', `/links?tenantId=${tenantId}`)).body.items as { externalId: string }[])
			.map(({ externalId }) => externalId)
			.sort();
	async function aContact(): Promise<string> {
		const { Contacts } = await acme.writeToXero('PUT', '/Contacts', {
			Contacts: [{ Name: 'Ada' }],
		});
		return String(Contacts?.[0]?.['ContactID']);
	}

	it('import a file, name the rows that were left alone, and export the same again', async () => {
		const ada = await aContact();
		const csv = fileOf('links.csv', `externalId,xeroId\n=1,${ada}\n2,${NOWHERE}\n3,${NOWHERE}\n`);
		const exported = join(folder.path, 'out.csv');

		const printed = await importOf(csv, { system: 'crm', entity: 'contact' });
		const again = await importOf(csv, { system: 'crm', entity: 'contact' });
		await run((deps, workspace, print) => exportLinksTo(deps, workspace, exported, print));
		const shown = await run((deps, workspace, print) =>
			exportLinksTo(deps, workspace, undefined, print),
		);

		expect(printed).toContain('2 links made, 0 changed, 0 as they were.');
		expect(printed).toContain('Row 4 was left alone: ');
		expect(again).toContain('0 links made, 0 changed, 2 as they were.');
		expect(readFileSync(exported, 'utf8').split('\r\n').sort()).toEqual(
			[
				...['', 'tenantId,system,entity,externalId,xeroId'],
				...[`,crm,contact,2,${NOWHERE}`, `,crm,contact,'=1,${ada}`],
			].sort(),
		);
		expect(statSync(exported).mode & 0o777).toBe(0o600);
		expect(shown).toBe(readFileSync(exported, 'utf8').trim().replaceAll('\r\n', '\n'));
		expect(await importOf(exported)).toContain('0 links made, 0 changed, 2 as they were.');
	});

	it.each([
		['links.csv', 'system,entity,externalId,xeroId\ncrm,nothing,1,x\n', /row 2: "nothing"/],
		['links.json', '{"links": [', /no JSON of the form/],
		['links.json', '{"links": [{"system": "crm"}]}', /row 1: The externalId is missing/],
	])('refuse a file as a whole that they cannot read: %s %j', async (name, text, words) => {
		await expect(importOf(fileOf(name, text))).rejects.toThrow(words);
		expect(await linksIn('-')).toEqual([]);
	});

	it('migrate to an organisation after a dry run that changes nothing, and take it back', async () => {
		const links = [
			{ system: 'crm', entity: 'contact', externalId: 'ada', xeroId: await aContact() },
			{ system: 'crm', entity: 'contact', externalId: 'nobody', xeroId: NOWHERE },
		];
		await importOf(fileOf('links.json', JSON.stringify({ links })));

		const tried = await migrate({ dryRun: true });
		const afterTrial = await linksIn('-');
		const migrated = await migrate({ entity: 'contact' });
		const moved = await linksIn(acme.tenantId);
		const id = /^Migration (\S+):/.exec(migrated)?.[1] ?? '';
		await run((deps, workspace, print) => revertMigration(deps, workspace, id, print));

		expect(tried).toMatch(/^Nothing was changed\.[^]*links +2\n[^]*unknown +2\n/);
		expect(afterTrial).toEqual(['ada', 'nobody']);
		expect(migrated).toMatch(/found +1\n +missing +1\n/);
		expect(moved).toEqual(['ada']);
		expect(await linksIn('-')).toEqual(['ada', 'nobody']);
	});

	it('refuse an entity that there is not, before anything is done', async () => {
		await expect(migrate({ entity: 'quote' })).rejects.toThrow('"quote" is no entity');
	});
});
