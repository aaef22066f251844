import { Command } from 'commander';
import { HUB_VERSION } from '../api/hubVersion';
import { loadConfig } from '../config/loadConfig';
import { parseRequest } from '../http/parseRequest';
import { NewAdminKey, NewWorkspace } from '../administration/workspaceRequests';
import { newConnectLink } from '../administration/connectLinkRequests';
import {
	describeAdminKey,
	describeApiKey,
	readApiKeyOptions,
	type ApiKeyOptions,
} from './apiKeyOptions';
import { SECRET_FORMATS } from '../administration/secretFormats';
import { SCOPE_PRESETS } from '../workspaces/scopePresets';
import { appScopes, type AppScopesOptions } from './appScopes';
import { exportSecrets, type ExportSecretsOptions } from './exportSecrets';
import { backup } from './backup';
import { backupKeyRing } from './backupKeyRing';
import { countByKey } from '../secrets/resealSecrets';
import { describeFindings } from './doctor/describeFindings';
import {
	exportLinksTo,
	importLinks,
	migrateLinks,
	revertMigration,
	type ImportOptions,
	type MigrateOptions,
} from './links';
import { offboard, type OffboardOptions } from './offboard';
import { COMMAND_LINE, openAdministration } from './openAdministration';
import { portalLink } from './portalLink';
import { resetSecondFactorOf } from './resetSecondFactorOf';
import { rotateKeys } from './rotateKeys';
import { setAppKeys, type AppKeysOptions } from './setAppKeys';
import type { Terminal } from './Terminal';
import { addUsage } from './usage';
import { describeVerdict, verifyAudit } from './verifyAudit';
import { verifyBackup } from './verifyBackup';
import { createConnectionRows } from '../xero/connections/connectionRows';
import { CommandError } from './CommandError';
import { requireHub, withHub } from './withHub';
import { withStores } from './withStores';
import { workspaceNamed } from './workspaceNamed';

const PRESETS = Object.keys(SCOPE_PRESETS).join(', ');

/**
 * What `xero-hub` offers; each command reads the same environment as the server. The large ones are
 * loaded when they are asked for: the server, the sandbox and the doctor are half of the start of every other command.
 */
export function createProgram(env: NodeJS.ProcessEnv, terminal: Terminal): Command {
	const { say } = terminal;
	/** What an action gives back is the answer for programs. */
	const answering =
		<A extends unknown[]>(act: (...args: A) => Promise<unknown>) =>
		async (...args: A) =>
			terminal.answer(await act(...args));
	const program = new Command('xero-hub')
		.description("Receives Xero's webhooks, keeps them, and relays them into n8n workflows")
		.version(HUB_VERSION, '--version', 'print the version')
		.option('--json', 'answer with one JSON document, and refuse with one on stderr');

	program
		.command('serve')
		.description('run the hub, as configured by the environment')
		.action(async () => {
			const { serve } = await import('./serve.js');
			return serve(loadConfig(env), terminal);
		});

	program
		.command('doctor')
		.description('look at everything that the hub stands on, and say what to do')
		.action(async () => {
			const { doctor } = await import('./doctor/doctor.js');
			const findings = await doctor(env);
			say(describeFindings(findings));
			terminal.answer({ findings });
			// A name server that never answers would keep the process waiting.
			process.exit(findings.some(({ verdict }) => verdict === 'wrong') ? 1 : 0);
		});

	program
		.command('sandbox')
		.description('run a local Xero to try things without a Xero account')
		.action(async () => {
			const { runSandbox } = await import('./runSandbox.js');
			return runSandbox(env, terminal);
		});

	program
		.command('migrate')
		.description('make the ledger, or bring it to the latest schema; serve does so too')
		.action(answering(() => withStores(env, async () => say('The ledger is up to date.'))));

	const adminKey = program.command('admin-key').description("the operator's own keys");
	adminKey
		.command('create', { isDefault: true })
		.description('make another admin key and print it once')
		.option('--name <name>', 'what it is for', 'made by xero-hub admin-key')
		.option('--expires <day>', 'such as 2027-03-31: its last day, UTC')
		.action(
			answering(({ name, expires }: { name: string; expires?: string }) =>
				withHub(env, async (stores, config) => {
					const { adminKeyChanges } = openAdministration(stores, config);
					const wish = parseRequest(NewAdminKey, { name, expiresAt: expires });
					const made = await adminKeyChanges.create(COMMAND_LINE, wish);
					say(made.key);
					return made;
				}),
			),
		);
	adminKey
		.command('list')
		.description('who has one, and until when')
		.action(
			answering(() =>
				withHub(env, async ({ adminKeys }) => {
					const items = await adminKeys.list();
					for (const key of items) say(describeAdminKey(key));
					return { items };
				}),
			),
		);
	adminKey
		.command('revoke <id>')
		.description('take one back, at once')
		.action(
			answering((id: string) =>
				withHub(env, async (stores, config) => {
					await openAdministration(stores, config).adminKeyChanges.revoke(COMMAND_LINE, id);
					say('Revoked.');
					return { revoked: true };
				}),
			),
		);

	program
		.command('portal-link')
		.description('print a one-time link that makes an owner of the portal')
		.action(
			answering(() =>
				withHub(env, async (stores, config) => {
					const url = await portalLink(stores, config);
					say(url);
					return { url };
				}),
			),
		);

	program
		.command('reset-second-factor <email>')
		.description('take the second factor of a person of the portal away, and sign them out')
		.action(
			answering((email: string) =>
				withHub(env, async (stores, config) => {
					await resetSecondFactorOf(stores, config, email, say);
					say('The password alone signs them in until they set another one up.');
					return { email };
				}),
			),
		);

	const workspace = program.command('workspace').description('teams or clients on this hub');
	workspace
		.command('create <name>')
		.description('make one, and print what its Xero app needs')
		.option('--slug <slug>', 'what its URLs are called; made from the name otherwise')
		.option('--n8n <url...>', 'base URL of its n8n, where that is private or not https')
		.action(
			answering((name: string, options: { slug?: string; n8n?: string[] }) =>
				withHub(env, async (stores, config) => {
					const { workspaceChanges } = openAdministration(stores, config);
					const wanted = { name, slug: options.slug, n8nBaseUrls: options.n8n };
					const wish = parseRequest(NewWorkspace, wanted);
					const { slug } = await workspaceChanges.create(COMMAND_LINE, wish);
					const redirectUri = `${config.publicUrl}/oauth/callback`;
					const webhookUrl = `${config.publicUrl}/webhooks/xero/${slug}`;
					say(`Workspace ${slug} created. In your Xero app set`);
					say(`  redirect URI       ${redirectUri}`);
					say(`  webhook delivery   ${webhookUrl}`);
					return { slug, name: wish.name, redirectUri, webhookUrl };
				}),
			),
		);
	workspace
		.command('list')
		.description('all of them')
		.action(
			answering(() =>
				withHub(env, async ({ workspaces }) => {
					const items = (await workspaces.list()).map(({ slug, name }) => ({ slug, name }));
					for (const { slug, name } of items) say(`${slug}\t${name}`);
					return { items };
				}),
			),
		);

	program
		.command('offboard <workspace>')
		.description('a client leaves: export, disconnect at Xero, and delete everything that is kept')
		.option('--organisation <id or name>', 'only this one; otherwise the whole workspace')
		.option('--export <file>', 'write everything that is held to this file first, as .jsonl.gz')
		.option('--confirm <name>', 'the name of what goes; without it nothing is deleted')
		.option('--without-export', 'nobody wants an export')
		.option('--leave-at-xero', 'go on where Xero cannot be reached')
		.action(
			answering((slug: string, options: OffboardOptions) =>
				withHub(env, (stores, config) => {
					const { offboardingChanges } = openAdministration(stores, config);
					const connections = createConnectionRows({ db: stores.database.db });
					return offboard({ ...stores, connections, offboardingChanges }, slug, options, say);
				}),
			),
		);

	const appKeys = program.command('app-keys').description("the workspace's own Xero app");
	appKeys
		.command('scopes <workspace>')
		.description('what the hub asks Xero for, area by area; with an option, changed first')
		.option('--preset <name>', `one of ${PRESETS}`)
		.option('--set <scopes>', 'space separated, instead of those that are saved')
		.option('--add <scopes>', 'besides those that are saved')
		.option('--remove <scopes>', 'of those that are saved')
		.action(
			answering((slug: string, options: AppScopesOptions) =>
				withHub(env, (stores, config) =>
					appScopes({ ...stores, ...openAdministration(stores, config) }, slug, options, say),
				),
			),
		);
	appKeys
		.command('set <workspace>')
		.description(
			'save the keys; secrets come from XERO_CLIENT_SECRET, XERO_WEBHOOK_KEY and XERO_SECOND_WEBHOOK_KEY',
		)
		.requiredOption('--client-id <id>')
		.option('--scopes <scopes>', 'space separated; those that are saved otherwise')
		.option('--preset <name>', `scopes by what they are for: ${PRESETS}`)
		.option('--tier <tier>', "the app's Xero tier, or how many organisations it may connect")
		.action(
			answering((slug: string, options: AppKeysOptions) =>
				withHub(env, (stores, config) =>
					setAppKeys({ ...stores, ...openAdministration(stores, config) }, slug, options, env, say),
				),
			),
		);

	program
		.command('secrets')
		.description('what other programs need to call Xero as an organisation')
		.command('export <workspace>')
		.description(
			'print access token, scope, expiry, client id and secret, tenant URL and webhook key',
		)
		.option('--organisation <id or name>', 'which one, where the workspace has several')
		.option('--format <format>', `one of ${SECRET_FORMATS.join(', ')}`, 'env')
		.action(
			answering((slug: string, options: ExportSecretsOptions) =>
				withHub(env, (stores, config) => {
					const { secretReads } = openAdministration(stores, config);
					const connections = createConnectionRows({ db: stores.database.db });
					return exportSecrets({ ...stores, connections, secretReads }, slug, options, say);
				}),
			),
		);

	program
		.command('connect-link')
		.description('addresses with which somebody without an account connects an organisation')
		.command('create <workspace>')
		.description('print one that is good once; what it connects waits until somebody confirms it')
		.option('--accept', 'what it connects is on at once')
		.action(
			answering((slug: string, { accept }: { accept?: true }) =>
				withHub(env, async (stores, config) => {
					const { connectLinkChanges } = openAdministration(stores, config);
					const workspace = await workspaceNamed(stores.workspaces, slug);
					const onConnect = accept === undefined ? 'hold' : 'accept';
					const wish = parseRequest(newConnectLink(Date.now), { onConnect });
					const made = await connectLinkChanges.create(COMMAND_LINE, workspace, wish);
					say(made.url);
					return made;
				}),
			),
		);

	const apiKey = program.command('api-key').description('the keys that n8n shows the hub');
	apiKey
		.command('create <workspace>')
		.description('make another API key and print it once')
		.option('--name <name>', 'what it is for', 'n8n')
		.option('--scopes <scopes>', 'what it may do, with commas: events,read,write,token')
		.option('--organisations <organisations>', 'only these: ids or names, with commas')
		.option('--expires <day>', 'such as 2027-03-31: its last day, UTC')
		.action(
			answering((slug: string, options: ApiKeyOptions) =>
				withHub(env, async (stores, config) => {
					const { apiKeyChanges } = openAdministration(stores, config);
					const workspace = await workspaceNamed(stores.workspaces, slug);
					const connections = createConnectionRows({ db: stores.database.db });
					const wish = readApiKeyOptions(options, await connections.list(workspace.id));
					const made = await apiKeyChanges.create(COMMAND_LINE, workspace, wish);
					say(made.key);
					return made;
				}),
			),
		);
	apiKey
		.command('revoke <workspace> <id>')
		.description('take one back, at once')
		.action(
			answering((slug: string, keyId: string) =>
				withHub(env, async (stores, config) => {
					const { apiKeyChanges } = openAdministration(stores, config);
					await apiKeyChanges.revoke(
						COMMAND_LINE,
						await workspaceNamed(stores.workspaces, slug),
						keyId,
					);
					say('Revoked.');
					return { revoked: true };
				}),
			),
		);
	apiKey
		.command('list <workspace>')
		.description('who has one, and for what')
		.action(
			answering((slug: string) =>
				withHub(env, async ({ workspaces, apiKeys }) => {
					const { id } = await workspaceNamed(workspaces, slug);
					const items = await apiKeys.list(id);
					for (const key of items) say(describeApiKey(key));
					return { items };
				}),
			),
		);

	const links = program
		.command('links')
		.description("which record of another system is which of Xero's");
	links
		.command('import <workspace> <file>')
		.description('link what a .csv or .json file says; importing it again changes nothing')
		.option(
			'--organisation <tenantId>',
			'of rows that name none; otherwise they belong to none yet',
		)
		.option('--system <name>', 'of rows that name none, such as crm')
		.option('--entity <entity>', 'of rows that name none, such as contact')
		.action(
			answering((slug: string, file: string, options: ImportOptions) =>
				withHub(env, async (stores, config) => {
					const workspace = await workspaceNamed(stores.workspaces, slug);
					return await importLinks(
						openAdministration(stores, config),
						workspace,
						file,
						options,
						say,
					);
				}),
			),
		);
	links
		.command('export <workspace> [file]')
		.description('all links as CSV, as an import takes them; without a file they are printed')
		.action(
			answering((slug: string, file: string | undefined) =>
				withHub(env, async (stores) =>
					exportLinksTo(stores, await workspaceNamed(stores.workspaces, slug), file, say),
				),
			),
		);
	links
		.command('migrate <workspace>')
		.description('give links that belong to no organisation yet this one')
		.requiredOption('--to <tenantId>', 'the id of the connected organisation')
		.option('--system <name>', "only this system's")
		.option('--entity <entity>', 'only these, such as contact')
		.option('--dry-run', 'change nothing and ask Xero nothing: say what would happen')
		.action(
			answering((slug: string, options: MigrateOptions) =>
				withHub(env, async (stores, config) => {
					const workspace = await workspaceNamed(stores.workspaces, slug);
					return await migrateLinks(openAdministration(stores, config), workspace, options, say);
				}),
			),
		);
	links
		.command('migrate-revert <workspace> <id>')
		.description('take the links of a migration back, as long as none of them was pushed')
		.action(
			answering((slug: string, id: string) =>
				withHub(env, async (stores, config) => {
					const workspace = await workspaceNamed(stores.workspaces, slug);
					await revertMigration(openAdministration(stores, config), workspace, id, say);
					return { id, reverted: true };
				}),
			),
		);

	const keys = program.command('keys').description('the encryption keys that seal all secrets');
	keys
		.command('rotate')
		.description('seal every secret anew with the newest key, while the hub runs')
		.action(
			answering(() =>
				withHub(env, async (stores, config) => {
					const { noteChange, audit } = openAdministration(stores, config);
					const rotated = await rotateKeys(stores, config, say);
					await audit.rotateKey();
					await noteChange(COMMAND_LINE, { action: 'encryption_keys.rotated' });
					return rotated;
				}),
			),
		);
	keys
		.command('list')
		.description('how many secrets each key seals')
		.action(
			answering(() =>
				withHub(env, async ({ database, keyRing }) => {
					const items = [...(await countByKey(database.db))].map(([id, secrets]) => ({
						...{ id, secrets, isCurrent: id === keyRing.currentKeyId },
					}));
					for (const { id, secrets, isCurrent } of items) {
						say(`${id}\t${secrets}\t${isCurrent ? 'current' : 'older'}`);
					}
					return { items };
				}),
			),
		);

	program
		.command('audit')
		.description('who changed what')
		.command('verify [file]')
		.description(
			'check the audit log, or an export of it, for entries that were changed or cut off',
		)
		.action(
			answering(async (file: string | undefined) => {
				const verdict = await verifyAudit(env, file);
				for (const line of describeVerdict(verdict)) say(line);
				if (!verdict.intact) process.exitCode = 1;
				return verdict;
			}),
		);

	program
		.command('replay <workspace>')
		.description('deliver the events of a time range again')
		.requiredOption('--since <time>', 'such as 2026-01-31T09:00:00Z')
		.requiredOption('--until <time>')
		.option('--dead', 'only what was given up')
		.option('--undelivered', 'only what was never delivered')
		.action(
			answering((slug: string, options: ReplayOptions) =>
				withHub(env, async (stores, config) => {
					const { deliveryReplays } = openAdministration(stores, config);
					const workspace = await workspaceNamed(stores.workspaces, slug);
					const { since, until } = options;
					const replay = await deliveryReplays.range(
						COMMAND_LINE,
						workspace,
						{
							since: timeOf(since),
							until: timeOf(until),
							status: statusOf(options),
						},
						{ since, until },
					);
					say(`${replay.deliveries} deliveries will go out again.`);
					return replay;
				}),
			),
		);

	program
		.command('backup <file>')
		.description('copy the SQLite ledger while the hub runs')
		.option('--verify', 'make none: look whether this file is a good one, which this hub can open')
		.action(
			answering(async (file: string, { verify = false }: { verify?: boolean }) => {
				const config = loadConfig(env);
				if (!verify) {
					await requireHub(config);
					backup(config, file, Date.now, say);
					return { file };
				}
				const { takenAt, workspaces, isOlder } = await verifyBackup(file, backupKeyRing(config));
				say(
					`${file} is good: taken at ${new Date(takenAt).toISOString()}, workspaces: ${workspaces}, ` +
						`${isOlder ? 'of an older version, which a start brings up to date' : 'of this version'}. ` +
						'The encryption key opens it.',
				);
				return { file, takenAt: new Date(takenAt).toISOString(), workspaces, isOlder };
			}),
		);

	program
		.command('restore [file]')
		.description('put a backup in the place of the ledger, with the hub stopped')
		.action(
			answering(async (file: string | undefined) => {
				const { restore } = await import('./restore.js');
				await restore(loadConfig(env), file, Date.now, say);
				return { file: file ?? null };
			}),
		);

	addUsage(program, terminal);
	return program;
}

interface ReplayOptions {
	readonly since: string;
	readonly until: string;
	readonly dead?: boolean;
	readonly undelivered?: boolean;
}

function statusOf({ dead, undelivered }: ReplayOptions) {
	if (undelivered) return 'undelivered' as const;
	return dead ? ('dead' as const) : undefined;
}

function timeOf(text: string): number {
	const at = Date.parse(text);
	if (Number.isNaN(at)) {
		throw new CommandError(
			'invalid_request',
			`"${text}" is no time.`,
			'Write it as 2026-01-31T09:00:00Z.',
		);
	}
	return at;
}
