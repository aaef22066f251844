import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createStory } from '../../../examples/demo/story';
import { eventually } from '../../support/eventually';
import { nodeBinary } from '../../support/nodeBinary';
import { startProcess, type StartedProcess } from '../../support/processes';
import { repositoryRoot } from '../../support/repositoryRoot';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('a step of the demo that takes long', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	it('says again and again what it waits for, and since when', async () => {
		const printed: string[] = [];
		const story = createStory((line) => printed.push(line), Date.now);
		let finish = () => {};

		const step = story.step('n8n is installed', async (waitsFor) => {
			waitsFor('pnpm to download n8n');
			await new Promise<void>((resolve) => (finish = resolve));
		});
		await jest.advanceTimersByTimeAsync(20_000);
		finish();
		await step;

		expect(printed.slice(0, 2)).toEqual([
			'      10 s, waiting for pnpm to download n8n',
			'      20 s, waiting for pnpm to download n8n',
		]);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('is the last one, when the demo is stopped meanwhile', async () => {
		const stop = new AbortController();
		const story = createStory(() => undefined, Date.now, stop.signal);
		await story.step('The first', async () => stop.abort(new Error('Stopped')));
		const second = jest.fn();

		await expect(story.step('The second', second)).rejects.toThrow('Stopped');

		expect(second).not.toHaveBeenCalled();
	});
});

describe('the demo, stopped', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let temporary: string;

	beforeEach(() => {
		folder = temporaryFolder();
		temporary = join(folder.path, 'tmp');
		mkdirSync(temporary);
	});
	afterEach(() => folder.remove());

	function start(): StartedProcess {
		return startProcess({
			...{ name: 'npm run demo', command: nodeBinary, cwd: repositoryRoot },
			args: ['--import', 'tsx', 'examples/demo/run.ts'],
			env: { TMPDIR: temporary },
		});
	}
	const printed = (demo: StartedProcess, words: RegExp) =>
		eventually(`the demo to print ${words}`, async () => words.exec(demo.log()) ?? undefined, {
			timeoutMs: 90_000,
		});
	/** Where it kept anything; the cache of the TypeScript loader is not its own. */
	const left = () => readdirSync(temporary).filter((name) => name.startsWith('xero-hub'));

	it('before its story is over, says so to the shell and leaves no folder behind', async () => {
		const demo = start();
		await printed(demo, /1\. The sandbox starts/);

		const code = await demo.stop();

		expect(code).toBe(130);
		expect(left()).toEqual([]);
		expect(demo.log()).not.toContain('The demo failed');
	}, 120_000);

	it('after its story, ends well, leaves no folder behind and no server', async () => {
		const demo = start();
		const [, sandbox = ''] = await printed(demo, /Xero, the sandbox +(\S+)/);
		expect(left()).not.toEqual([]);

		const code = await demo.stop();

		expect(code).toBe(0);
		expect(left()).toEqual([]);
		await expect(fetch(sandbox)).rejects.toThrow();
	}, 120_000);
});
