import type { Config } from '../config/Config';
import { startHub } from '../hub/startHub';
import { createLog } from './createLog';
import { isPortTaken, portTaken } from './portTaken';
import { stopSignals } from './stopSignals';
import type { Terminal } from './Terminal';

/**
 * The hub, until it is told to stop; what is under way is finished first, within 25 s. Ends the process: a
 * connection that was lost half-way, such as one to a Redis that hangs, must not keep it.
 */
export async function serve(config: Config, terminal: Terminal): Promise<void> {
	// The one document on stdout stays alone.
	const stream = terminal.isJson ? process.stderr : process.stdout;
	const hub = await startHub(config, {
		log: createLog(config, stream),
		now: Date.now,
		uptime: () => performance.now(),
		random: Math.random,
	}).catch((cause: unknown) => {
		throw isPortTaken(cause) ? portTaken('HUB_PORT', cause) : cause;
	});
	const { url, newAdminKey, setUpLink } = hub;
	if (newAdminKey !== undefined) terminal.say(`Admin key, shown this once: ${newAdminKey}`);
	if (setUpLink !== undefined) {
		terminal.say(`Nobody can sign in yet. Make the first owner, once: ${setUpLink}`);
	}
	terminal.say(`The hub listens on ${url}`);
	terminal.answer({ url, newAdminKey, setUpLink });
	const { first, second } = stopSignals();
	await first;
	await hub.stop(second);
	process.exit(0);
}
