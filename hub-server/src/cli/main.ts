import { Command } from 'commander';
import { InvalidConfigError, loadConfig } from '../config/loadConfig';
import { HubError } from '../errors/HubError';
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
import { printLine } from './printLine';
import { resetSecondFactorOf } from './resetSecondFactorOf';
import { rotateKeys } from './rotateKeys';
import { setAppKeys, type AppKeysOptions } from './setAppKeys';
import { verifyAudit } from './verifyAudit';
import { verifyBackup } from './verifyBackup';
import { createConnectionRows } from '../xero/connections/connectionRows';
import { withStores } from './withStores';

/**
 * What `xero-hub` offers; each command reads the same environment as the server. The large ones are
 * loaded when they are asked for: the server, the sandbox and the doctor are half of the start of every other command.
 */
function createProgram(env: NodeJS.ProcessEnv): Command {
	const program = new Command('xero-hub').description(
		"Receives Xero's webhooks, keeps them, and relays them into n8n workflows",
	);

	program
		.command('serve')
		.description('run the hub, as configured by the environment')
		.action(async () => {
			const { serve } = await import('./serve.js');
			return serve(loadConfig(env));
		});

	program
		.command('doctor')
		.description('look at everything that the hub stands on, and say what to do')
		.action(async () => {
			const { doctor } = await import('./doctor/doctor.js');
			const findings = await doctor(env);
			printLine(describeFindings(findings));
			// A name server that never answers would keep the process waiting.
			process.exit(findings.some(({ verdict }) => verdict === 'wrong') ? 1 : 0);
		});

	program
		.command('sandbox')
		.description('run a local Xero to try things without a Xero account')
		.action(async () => {
			const { runSandbox } = await import('./runSandbox.js');
			return runSandbox(env);
		});

	program
		.command('migrate')
		.description('bring the ledger to the latest schema; serve does so too')
		.action(() => withStores(env, async () => printLine('The ledger is up to date.')));

	const adminKey = program.command('admin-key').description("the operator's own keys");
	adminKey
		.command('create', { isDefault: true })
		.description('make another admin key and print it once')
		.option('--name <name>', 'what it is for', 'made by xero-hub admin-key')
		.option('--expires <day>', 'such as 2027-03-31: its last day, UTC')
		.action(({ name, expires }: { name: string; expires?: string }) =>
			withStores(env, async (stores, config) => {
				const { adminKeyChanges } = openAdministration(stores, config);
				const wish = parseRequest(NewAdminKey, { name, expiresAt: expires });
				printLine((await adminKeyChanges.create(COMMAND_LINE, wish)).key);
			}),
		);
	adminKey.command('list').action(() =>
		withStores(env, async ({ adminKeys }) => {
			for (const key of await adminKeys.list()) printLine(describeAdminKey(key));
		}),
	);
	adminKey.command('revoke <id>').action((id: string) =>
		withStores(env, async (stores, config) => {
			await openAdministration(stores, config).adminKeyChanges.revoke(COMMAND_LINE, id);
			printLine('Revoked.');
		}),
	);

	program
		.command('portal-link')
		.description('print a one-time link that makes an owner of the portal')
		.action(() =>
			withStores(env, async (stores, config) => printLine(await portalLink(stores, config))),
		);

	program
		.command('reset-second-factor <email>')
		.description('take the second factor of a person of the portal away, and sign them out')
		.action((email: string) =>
			withStores(env, async (stores, config) => {
				await resetSecondFactorOf(stores, config, email);
				printLine('The password alone signs them in until they set another one up.');
			}),
		);

	const workspace = program.command('workspace').description('teams or clients on this hub');
	workspace
		.command('create <name>')
		.option('--slug <slug>', 'what its URLs are called; made from the name otherwise')
		.option('--n8n <url...>', 'base URL of its n8n, where that is private or not https')
		.action((name: string, options: { slug?: string; n8n?: string[] }) =>
			withStores(env, async (stores, config) => {
				const { workspaceChanges } = openAdministration(stores, config);
				const wanted = { name, slug: options.slug, n8nBaseUrls: options.n8n };
				const wish = parseRequest(NewWorkspace, wanted);
				const { slug } = await workspaceChanges.create(COMMAND_LINE, wish);
				printLine(`Workspace ${slug} created. In your Xero app set`);
				printLine(`  redirect URI       ${config.publicUrl}/oauth/callback`);
				printLine(`  webhook delivery   ${config.publicUrl}/webhooks/xero/${slug}`);
			}),
		);
	workspace.command('list').action(() =>
		withStores(env, async ({ workspaces }) => {
			for (const { slug, name } of await workspaces.list()) printLine(`${slug}\t${name}`);
		}),
	);

	program
		.command('offboard <workspace>')
		.description('a client leaves: export, disconnect at Xero, and delete everything that is kept')
		.option('--organisation <id or name>', 'only this one; otherwise the whole workspace')
		.option('--export <file>', 'write everything that is held to this file first, as .jsonl.gz')
		.option('--confirm <name>', 'the name of what goes; without it nothing is deleted')
		.option('--without-export', 'nobody wants an export')
		.option('--leave-at-xero', 'go on where Xero cannot be reached')
		.action((slug: string, options: OffboardOptions) =>
			withStores(env, (stores, config) => {
				const { offboardingChanges } = openAdministration(stores, config);
				const connections = createConnectionRows({ db: stores.database.db });
				return offboard({ ...stores, connections, offboardingChanges }, slug, options, printLine);
			}),
		);

	const appKeys = program.command('app-keys').description("the workspace's own Xero app");
	appKeys
		.command('scopes <workspace>')
		.description('what the hub asks Xero for, area by area; with an option, changed first')
		.option('--preset <name>', `one of ${Object.keys(SCOPE_PRESETS).join(', ')}`)
		.option('--set <scopes>', 'space separated, instead of those that are saved')
		.option('--add <scopes>', 'besides those that are saved')
		.option('--remove <scopes>', 'of those that are saved')
		.action((slug: string, options: AppScopesOptions) =>
			withStores(env, (stores, config) =>
				appScopes({ ...stores, ...openAdministration(stores, config) }, slug, options, printLine),
			),
		);
	appKeys
		.command('set <workspace>')
		.description(
			'save the keys; secrets come from XERO_CLIENT_SECRET, XERO_WEBHOOK_KEY and XERO_SECOND_WEBHOOK_KEY',
		)
		.requiredOption('--client-id <id>')
		.option('--scopes <scopes>', 'space separated; those that are saved otherwise')
		.option(
			'--preset <name>',
			`scopes by what they are for: ${Object.keys(SCOPE_PRESETS).join(', ')}`,
		)
		.option('--tier <tier>', "the app's Xero tier, or how many organisations it may connect")
		.action((slug: string, options: AppKeysOptions) =>
			withStores(env, (stores, config) =>
				setAppKeys(
					{ ...stores, ...openAdministration(stores, config) },
					slug,
					options,
					env,
					printLine,
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
		.action((slug: string, options: ExportSecretsOptions) =>
			withStores(env, (stores, config) => {
				const { secretReads } = openAdministration(stores, config);
				const connections = createConnectionRows({ db: stores.database.db });
				return exportSecrets({ ...stores, connections, secretReads }, slug, options, (text) =>
					process.stdout.write(text),
				);
			}),
		);

	program
		.command('connect-link')
		.description('addresses with which somebody without an account connects an organisation')
		.command('create <workspace>')
		.description('print one that is good once; what it connects waits until somebody confirms it')
		.option('--accept', 'what it connects is on at once')
		.action((slug: string, { accept }: { accept?: true }) =>
			withStores(env, async (stores, config) => {
				const { connectLinkChanges } = openAdministration(stores, config);
				const workspace = await stores.workspaces.get(slug);
				const onConnect = accept === undefined ? 'hold' : 'accept';
				const wish = parseRequest(newConnectLink(Date.now), { onConnect });
				printLine((await connectLinkChanges.create(COMMAND_LINE, workspace, wish)).url);
			}),
		);

	const apiKey = program.command('api-key').description('the keys that n8n shows the hub');
	apiKey
		.command('create <workspace>')
		.option('--name <name>', 'what it is for', 'n8n')
		.option('--scopes <scopes>', 'what it may do, with commas: events,read,write,token')
		.option('--organisations <organisations>', 'only these: ids or names, with commas')
		.option('--expires <day>', 'such as 2027-03-31: its last day, UTC')
		.action((slug: string, options: ApiKeyOptions) =>
			withStores(env, async (stores, config) => {
				const { apiKeyChanges } = openAdministration(stores, config);
				const workspace = await stores.workspaces.get(slug);
				const connections = createConnectionRows({ db: stores.database.db });
				const wish = readApiKeyOptions(options, await connections.list(workspace.id));
				printLine((await apiKeyChanges.create(COMMAND_LINE, workspace, wish)).key);
			}),
		);
	apiKey.command('revoke <workspace> <id>').action((slug: string, keyId: string) =>
		withStores(env, async (stores, config) => {
			const { apiKeyChanges } = openAdministration(stores, config);
			await apiKeyChanges.revoke(COMMAND_LINE, await stores.workspaces.get(slug), keyId);
			printLine('Revoked.');
		}),
	);
	apiKey.command('list <workspace>').action((slug: string) =>
		withStores(env, async ({ workspaces, apiKeys }) => {
			const { id } = await workspaces.get(slug);
			for (const key of await apiKeys.list(id)) {
				printLine(describeApiKey(key));
			}
		}),
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
		.action((slug: string, file: string, options: ImportOptions) =>
			withStores(env, async (stores, config) => {
				const workspace = await stores.workspaces.get(slug);
				await importLinks(openAdministration(stores, config), workspace, file, options, printLine);
			}),
		);
	links
		.command('export <workspace> [file]')
		.description('all links as CSV, as an import takes them; without a file they are printed')
		.action((slug: string, file: string | undefined) =>
			withStores(env, async (stores) =>
				exportLinksTo(stores, await stores.workspaces.get(slug), file, printLine),
			),
		);
	links
		.command('migrate <workspace>')
		.description('give links that belong to no organisation yet this one')
		.requiredOption('--to <tenantId>', 'the id of the connected organisation')
		.option('--system <name>', "only this system's")
		.option('--entity <entity>', 'only these, such as contact')
		.option('--dry-run', 'change nothing and ask Xero nothing: say what would happen')
		.action((slug: string, options: MigrateOptions) =>
			withStores(env, async (stores, config) => {
				const workspace = await stores.workspaces.get(slug);
				await migrateLinks(openAdministration(stores, config), workspace, options, printLine);
			}),
		);
	links
		.command('migrate-revert <workspace> <id>')
		.description('take the links of a migration back, as long as none of them was pushed')
		.action((slug: string, id: string) =>
			withStores(env, async (stores, config) => {
				const workspace = await stores.workspaces.get(slug);
				await revertMigration(openAdministration(stores, config), workspace, id, printLine);
			}),
		);

	const keys = program.command('keys').description('the encryption keys that seal all secrets');
	keys
		.command('rotate')
		.description('seal every secret anew with the newest key, while the hub runs')
		.action(() =>
			withStores(env, async (stores, config) => {
				const { noteChange, audit } = openAdministration(stores, config);
				await rotateKeys(stores, config, printLine);
				await audit.rotateKey();
				await noteChange(COMMAND_LINE, { action: 'encryption_keys.rotated' });
			}),
		);
	keys
		.command('list')
		.description('how many secrets each key seals')
		.action(() =>
			withStores(env, async ({ database, keyRing }) => {
				for (const [id, count] of await countByKey(database.db)) {
					printLine(`${id}\t${count}\t${id === keyRing.currentKeyId ? 'current' : 'older'}`);
				}
			}),
		);

	program
		.command('audit')
		.description('who changed what')
		.command('verify [file]')
		.description(
			'check the audit log, or an export of it, for entries that were changed or cut off',
		)
		.action((file: string | undefined) => verifyAudit(env, file));

	program
		.command('replay <workspace>')
		.description('deliver the events of a time range again')
		.requiredOption('--since <time>', 'such as 2026-01-31T09:00:00Z')
		.requiredOption('--until <time>')
		.option('--dead', 'only what was given up')
		.option('--undelivered', 'only what was never delivered')
		.action((slug: string, options: ReplayOptions) =>
			withStores(env, async (stores, config) => {
				const { deliveryReplays } = openAdministration(stores, config);
				const workspace = await stores.workspaces.get(slug);
				const { since, until } = options;
				const { deliveries } = await deliveryReplays.range(
					COMMAND_LINE,
					workspace,
					{
						since: timeOf(since),
						until: timeOf(until),
						status: statusOf(options),
					},
					{ since, until },
				);
				printLine(`${deliveries} deliveries will go out again.`);
			}),
		);

	program
		.command('backup <file>')
		.description('copy the SQLite ledger while the hub runs')
		.option('--verify', 'make none: look whether this file is a good one, which this hub can open')
		.action(async (file: string, { verify = false }: { verify?: boolean }) => {
			const config = loadConfig(env);
			if (!verify) return backup(config, file, Date.now, printLine);
			const { takenAt, workspaces, isOlder } = await verifyBackup(file, backupKeyRing(config));
			return printLine(
				`${file} is good: taken at ${new Date(takenAt).toISOString()}, workspaces: ${workspaces}, ` +
					`${isOlder ? 'of an older version, which a start brings up to date' : 'of this version'}. ` +
					'The encryption key opens it.',
			);
		});

	program
		.command('restore [file]')
		.description('put a backup in the place of the ledger, with the hub stopped')
		.action(async (file: string | undefined) => {
			const { restore } = await import('./restore.js');
			return restore(loadConfig(env), file, Date.now, printLine);
		});

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
	if (Number.isNaN(at)) throw new Error(`"${text}" is no time. Write it as 2026-01-31T09:00:00Z.`);
	return at;
}

async function main(): Promise<void> {
	try {
		await createProgram(process.env).parseAsync(process.argv);
	} catch (cause) {
		const isExpected = cause instanceof HubError || cause instanceof InvalidConfigError;
		const text = cause instanceof Error ? cause.message : String(cause);
		process.stderr.write(`${isExpected ? text : `xero-hub: ${text}`}\n`);
		process.exitCode = 1;
	}
}

void main();
