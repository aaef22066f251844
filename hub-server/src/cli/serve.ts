import { pino } from 'pino';
import type { Config } from '../config/Config';
import { startHub } from '../hub/startHub';
import { printLine } from './printLine';
import { stopSignals } from './stopSignals';

/**
 * The hub, until it is told to stop; what is under way is finished first, within 25 s. Ends the process: a
 * connection that was lost half-way, such as one to a Redis that hangs, must not keep it.
 */
export async function serve(config: Config): Promise<void> {
	const log = pino({ level: config.logLevel, base: null });
	const hub = await startHub(config, {
		log,
		now: Date.now,
		uptime: () => performance.now(),
		random: Math.random,
	});
	if (hub.newAdminKey !== undefined) {
		printLine(`Admin key, shown this once: ${hub.newAdminKey}`);
	}
	if (hub.setUpLink !== undefined) {
		printLine(`Nobody can sign in yet. Make the first owner, once: ${hub.setUpLink}`);
	}
	printLine(`The hub listens on ${hub.url}`);
	const { first, second } = stopSignals();
	await first;
	await hub.stop(second);
	process.exit(0);
}
