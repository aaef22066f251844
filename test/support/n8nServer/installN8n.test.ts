import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../temporaryFolder';
import { installN8n, N8N_VERSION, type RunTool } from './installN8n';

const SCRIPT = join('node_modules', 'n8n', 'bin', 'n8n');

describe('an install of n8n', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let cache: string;
	let home: string;

	beforeEach(() => {
		folder = temporaryFolder();
		cache = join(folder.path, 'cache');
		home = join(cache, `n8n-${N8N_VERSION}`);
	});
	afterEach(() => folder.remove());

	/** npm, and a pnpm that keeps its downloads where it is told, as the real one does. */
	function tools({ failsAfterDownload = false } = {}) {
		const found: string[][] = [];
		const run: RunTool = async (command, args, cwd, say) => {
			if (command === 'npm') return;
			const downloads = args[args.indexOf('--store-dir') + 1] ?? '';
			const kept = join(downloads, 'downloaded');
			found.push(existsSync(kept) ? [readFileSync(kept, 'utf8')] : []);
			mkdirSync(downloads, { recursive: true });
			writeFileSync(kept, 'n8n-workflow');
			say('Progress: resolved 1, downloaded 1');
			if (failsAfterDownload) throw new Error('it ended with 1:\nERR_PNPM_META_FETCH_FAIL');
			writeScript(cwd);
		};
		return { run, found };
	}
	function writeScript(at: string): void {
		mkdirSync(dirname(join(at, SCRIPT)), { recursive: true });
		writeFileSync(join(at, SCRIPT), 'n8n');
	}

	it('goes on from what an install that failed had downloaded', async () => {
		const [broken, whole] = [tools({ failsAfterDownload: true }), tools()];
		await expect(installN8n({ cache, run: broken.run })).rejects.toThrow();

		const script = await installN8n({ cache, run: whole.run });

		expect(broken.found).toEqual([[]]);
		expect(whole.found).toEqual([['n8n-workflow']]);
		expect(existsSync(script)).toBe(true);
	});

	it('says what failed in the words of the tool, and what to do', async () => {
		const { run } = tools({ failsAfterDownload: true });

		const failed = installN8n({ cache, run });

		await expect(failed).rejects.toThrow(
			/download n8n .*ERR_PNPM_META_FETCH_FAIL.*run the command again/s,
		);
	});

	it('that failed leaves nothing that looks like n8n, and no lock', async () => {
		const { run } = tools({ failsAfterDownload: true });

		await installN8n({ cache, run }).catch(() => undefined);

		expect(existsSync(home)).toBe(false);
		expect(existsSync(`${home}.lock`)).toBe(false);
	});

	it('is made again where only half of it is there', async () => {
		mkdirSync(join(home, 'node_modules'), { recursive: true });
		writeFileSync(join(home, 'half'), '');

		const script = await installN8n({ cache, run: tools().run });

		expect(existsSync(script)).toBe(true);
		expect(existsSync(join(home, 'half'))).toBe(false);
	});

	it('that is complete is used as it is, and nothing is run', async () => {
		writeScript(home);
		const { run, found } = tools();

		await expect(installN8n({ cache, run })).resolves.toBe(join(home, SCRIPT));

		expect(found).toEqual([]);
	});

	it('leaves no downloads once it is complete', async () => {
		await installN8n({ cache, run: tools().run });

		expect(existsSync(`${home}.downloads`)).toBe(false);
	});

	it('says what it waits for, line by line', async () => {
		const said: string[] = [];

		await installN8n({ cache, run: tools().run, say: (what) => said.push(what) });

		expect(said.at(-1)).toBe(
			`pnpm to download n8n ${N8N_VERSION}: Progress: resolved 1, downloaded 1`,
		);
	});

	it('does not wait for the lock of another once it is to stop', async () => {
		mkdirSync(cache, { recursive: true });
		writeFileSync(`${home}.lock`, String(process.pid));

		const stopped = installN8n({ cache, signal: AbortSignal.abort(new Error('Stopped')) });

		await expect(stopped).rejects.toThrow('Stopped');
	});
});
