import { loadConfig } from '../../../hub-server/src/config/loadConfig';
import { startHub } from '../../../hub-server/src/hub/startHub';

/** A whole hub in a process of its own, configured by the environment. It tells its memory when asked. */
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
	process.on('message', () => process.send?.(process.memoryUsage()));
	process.once('disconnect', () => void hub.stop().then(() => process.exit(0)));
	process.send?.(hub.url);
}

void main();
