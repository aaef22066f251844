import { monitorEventLoopDelay } from 'node:perf_hooks';
import { loadConfig } from '../../../hub-server/src/config/loadConfig';
import { startHub } from '../../../hub-server/src/hub/startHub';

/** A whole hub in a process of its own, configured by the environment. */
async function main(): Promise<void> {
	const write = (detail: object, text: string) => {
		process.stderr.write(`${text} ${JSON.stringify(detail)}\n`);
	};
	const hub = await startHub(loadConfig(process.env), {
		log: { info() {}, warn: write, error: write },
		now: Date.now,
		uptime: () => performance.now(),
		random: Math.random,
	});
	const loop = monitorEventLoopDelay({ resolution: 10 });
	loop.enable();
	process.on('message', (asked) => {
		if (asked === 'setUpLink') process.send?.(hub.setUpLink ?? '');
		else process.send?.({ ...process.memoryUsage(), ...takeBlocks() });
	});
	process.once('disconnect', () => void hub.stop().then(() => process.exit(0)));
	process.send?.(hub.url);

	/** Of the event loop, in milliseconds, since they were asked for last. */
	function takeBlocks() {
		const blocks = { blockedMs: loop.max / 1e6, blockedP99Ms: loop.percentile(99) / 1e6 };
		loop.reset();
		return blocks;
	}
}

void main();
