import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { HUB_VERSION } from '../../../hub-server/src/api/hubVersion';
import { createProgram } from '../../../hub-server/src/cli/createProgram';
import { HELP_EXAMPLES } from '../../../hub-server/src/cli/helpExamples';
import { createTerminal } from '../../../hub-server/src/cli/Terminal';
import { everyCommand, wordsOf } from '../../../hub-server/src/cli/usage';
import { temporaryFolder } from '../../support/temporaryFolder';

const NOBODY = createTerminal(true, { stdout: process.stdout, stderr: process.stderr });
const commands = everyCommand(createProgram({}, NOBODY)).filter(
	(command) => command.parent !== null && command.commands.length === 0,
);
const words = commands.map(wordsOf);
const commandOf = (said: string): Command => {
	const found = commands.find((command) => wordsOf(command) === said);
	if (found === undefined) throw new Error(`There is no ${said}`);
	return found;
};
/** What it needs at least, whatever it means. */
const neededBy = (command: Command) => [
	...command.registeredArguments.filter(({ required }) => required).map(() => 'x'),
	...command.options.filter(({ mandatory }) => mandatory).flatMap(({ long }) => [long ?? '', 'x']),
];

describe('the answers of xero-hub', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	beforeEach(() => {
		folder = temporaryFolder();
	});
	afterEach(() => {
		process.exitCode = undefined;
		folder.remove();
	});

	/** Runs one in this process, as `main` does. */
	async function run(line: readonly string[], env: Readonly<Record<string, string>> = {}) {
		const out: string[] = [];
		const err: string[] = [];
		const terminal = createTerminal(line.includes('--json'), {
			stdout: { write: (text: string) => out.push(text) },
			stderr: { write: (text: string) => err.push(text) },
		});
		const program = createProgram({ HUB_DATA_DIR: folder.path, ...env }, terminal);
		try {
			await program.parseAsync(['node', 'xero-hub', ...line]);
		} catch (cause) {
			terminal.refuse(cause);
		}
		return { stdout: out.join(''), stderr: err.join('') };
	}

	it('name the version', async () => {
		const [program] = everyCommand(createProgram({}, NOBODY));

		expect(program?.version()).toBe(HUB_VERSION);
	});

	describe.each(words)('%s', (said) => {
		it('is described, with examples that it takes', () => {
			const command = commandOf(said);
			const examples = HELP_EXAMPLES[said] ?? [];

			expect(command.description()).not.toBe('');
			expect(examples.length).toBeGreaterThan(0);
			for (const example of examples) {
				expect(example).toContain(`xero-hub ${said}`);
				const known = [...command.options.map(({ long }) => long), '--json'];
				for (const [option] of example.matchAll(/--[\w-]+/g)) expect(known).toContain(option);
			}
		});

		it('says in a sentence that it has no such option, and how to go on', async () => {
			const { stderr } = await run([
				...said.split(' '),
				...neededBy(commandOf(said)),
				'--nonsense',
			]);

			expect(stderr).toBe(`Unknown option '--nonsense'.\n→ How: xero-hub ${said} --help\n`);
		});
	});

	const MAKE_A_HUB = ['serve', 'migrate'];
	/** They need no ledger of the hub's, or bring one. */
	const WITHOUT_A_HUB = ['sandbox', 'doctor', 'restore'];

	it.each(words.filter((said) => ![...MAKE_A_HUB, ...WITHOUT_A_HUB].includes(said)))(
		'%s makes no hub where there is none, and says so',
		async (said) => {
			const line = said === 'audit verify' ? [] : neededBy(commandOf(said));
			const { stdout, stderr } = await run([...said.split(' '), ...line, '--json'], {
				XERO_CLIENT_SECRET: 'x',
			});

			expect(stdout).toBe('');
			expect(JSON.parse(stderr)).toMatchObject({
				error: {
					code: 'no_hub',
					message: expect.stringContaining(folder.path),
					todo: expect.stringContaining('xero-hub serve'),
				},
			});
			expect(readdirSync(folder.path)).toEqual([]);
		},
	);

	it.each([
		['workspace list', [], { items: [{ slug: 'acme', name: 'Acme' }] }],
		['workspace create', ['Bayside'], { slug: 'bayside' }],
		['admin-key create', [], { key: expect.stringMatching(/^xha_/) }],
		['admin-key list', [], { items: [] }],
		['portal-link', [], { url: expect.stringContaining('/join/') }],
		['api-key create', ['acme'], { key: expect.stringMatching(/^xhk_/) }],
		['api-key list', ['acme'], { items: [] }],
		['connect-link create', ['acme'], { url: expect.stringContaining('/connect/') }],
		['keys list', [], { items: [expect.objectContaining({ isCurrent: true })] }],
		['keys rotate', [], { stillUnder: [] }],
		['audit verify', [], { intact: true }],
		['links export', ['acme'], { csv: expect.stringContaining('externalId') }],
		['offboard', ['acme'], { deleted: false }],
		['app-keys set', ['acme', '--client-id', 'THE-CLIENT'], { clientId: 'THE-CLIENT' }],
		[
			'replay',
			['acme', '--since', '2026-01-01T00:00:00Z', '--until', '2026-02-01T00:00:00Z'],
			{ deliveries: 0 },
		],
		['backup', ['{folder}/copy.sqlite'], { file: expect.stringContaining('copy.sqlite') }],
		['migrate', [], {}],
	] as const)('%s --json is one document', async (said, args, expected) => {
		await run(['migrate']);
		await run(['workspace', 'create', 'Acme']);
		const given = args.map((one) => one.replace('{folder}', folder.path));

		const { stdout, stderr } = await run([...said.split(' '), ...given, '--json'], {
			XERO_CLIENT_SECRET: 'the-secret',
		});

		expect(stderr).toBe('');
		expect(JSON.parse(stdout)).toMatchObject(expected);
		expect(stdout).not.toContain('the-secret');
	});

	it.each([
		[['api-key', 'list', 'none'], 'not_found', 'xero-hub workspace list'],
		[['replay', 'acme', '--since', 'noon', '--until', 'x'], 'invalid_request', '2026-01-31T'],
		[['app-keys', 'set', 'acme', '--client-id', 'x'], 'missing_secret', 'Set XERO_CLIENT_SECRET'],
		[['links', 'import', 'acme', 'no-such-file.csv'], 'file', 'Look at the name'],
		[['backup', '/no/such/folder/x'], 'file', 'Look at the name'],
		[['audit', 'verify', 'no-such-file'], 'file', 'Look at the name'],
		[['api-key', 'create', 'acme', '--name', ' '], 'invalid_request', 'xero-hub --help'],
		[['admin-key', 'revoke', 'none'], 'not_found', 'xero-hub --help'],
		[['conquer'], 'usage', 'There are: serve'],
		[['workspce', 'list'], 'usage', 'Did you mean workspace?'],
		[['workspace', 'lsit'], 'usage', 'Did you mean list?'],
		[['workspace'], 'usage', 'xero-hub workspace --help'],
		[['workspace', 'create'], 'usage', 'xero-hub workspace create --help'],
	])('%j is refused in a sentence that ends with the way on', async (line, code, todo) => {
		await run(['migrate']);
		await run(['workspace', 'create', 'Acme']);

		const people = await run(line);
		const program = await run([...line, '--json']);

		expect(people.stderr).toMatch(/^[^\n]+\n(?:[^\n]+\n)*→ [^\n]+\n$/);
		expect(people.stderr).toContain(todo);
		expect(people.stderr).not.toMatch(/\bat .*\.[jt]s:\d+|Error:/);
		expect(program.stdout).toBe('');
		expect(JSON.parse(program.stderr)).toMatchObject({
			error: { code, todo: expect.stringContaining(todo) },
		});
	});

	it.each([
		[{ HUB_PORT: 'x' }, 'HUB_PORT: must be a port number', 'operators-guide.md'],
		[
			{
				DATABASE_URL: 'postgres://127.0.0.1:1/hub',
				HUB_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
			},
			'Nothing answers at 127.0.0.1:1',
			'correct DATABASE_URL',
		],
	])('settings that cannot be used are told with the way on: %j', async (env, why, todo) => {
		const { stderr } = await run(['workspace', 'list'], env);

		expect(stderr).toContain(why);
		expect(stderr.split('→ ')[1]).toContain(todo);
	});

	it('reads a file that is none of its own without making a hub', async () => {
		mkdirSync(join(folder.path, 'elsewhere'));
		writeFileSync(join(folder.path, 'text.sqlite'), 'no ledger at all');

		const { stderr } = await run(['backup', join(folder.path, 'text.sqlite'), '--verify']);

		expect(stderr).toMatch(/→ /);
		expect(readdirSync(folder.path).sort()).toEqual(['elsewhere', 'text.sqlite']);
	});
});
