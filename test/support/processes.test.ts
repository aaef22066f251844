import { startProcess } from './processes';

const node = (script: string, env: Record<string, string> = {}) =>
	startProcess({ name: 'a script', command: process.execPath, args: ['-e', script], env });

describe('a started process', () => {
	it('keeps what it wrote and tells how it ended', async () => {
		const script = node('console.log("out"); console.error("err"); process.exitCode = 3');

		expect(await script.ended).toBe(3);
		expect(script.log()).toMatch(/out/);
		expect(script.log()).toMatch(/err/);
	});

	it('sees only the environment it was given', async () => {
		process.env.LEFT_OVER = 'yes';
		const script = node('console.log(process.env.LEFT_OVER, process.env.GIVEN)', { GIVEN: 'it' });
		await script.ended;
		delete process.env.LEFT_OVER;

		expect(script.log()).toBe('undefined it\n');
	});

	it('says why it never served', async () => {
		const script = node('throw new Error("no database")');

		await expect(script.untilServing('http://127.0.0.1:9/')).rejects.toThrow(/no database/);
	});

	it('is gone after kill, whatever it does about signals', async () => {
		const script = node(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`);

		await script.kill();

		expect(await script.ended).toBe('SIGKILL');
	});

	it('ends although a child of its own lives on and holds its output', async () => {
		const script = node(`
			const { spawn } = require('node:child_process');
			const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], {
				stdio: 'inherit',
				detached: true,
			});
			console.log(child.pid);
			child.unref();
		`);

		expect(await script.ended).toBe(0);
		process.kill(Number(script.log()));
	});

	it('reports a command that is not there', async () => {
		const script = startProcess({ name: 'nothing', command: '/nonexistent', args: [] });

		await expect(script.ended).rejects.toThrow(/ENOENT/);
	});
});
