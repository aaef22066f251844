import { pino } from 'pino';
import type { Config } from '../config/Config';
import { startHub } from '../hub/startHub';
import { printLine } from './printLine';
import { untilStopSignal } from './untilStopSignal';

/** The hub, until it is told to stop; what is under way is finished first. */
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
	await untilStopSignal();
	await hub.stop();
}
