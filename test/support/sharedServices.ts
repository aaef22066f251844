import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startPostgres } from './postgres';
import type { RunningPostgres } from './postgres';

/** A server of the whole test run, known by the address its clients use. */
interface SharedService {
	readonly url: string;
	stop(): Promise<void>;
}

const starters = { postgres: startPostgres } satisfies Record<
	string,
	() => Promise<RunningPostgres>
>;

export type SharedServiceName = keyof typeof starters;

/** Where test files ask, set by Jest's global set-up for all its workers. */
const DESK_VARIABLE = 'TEST_SERVICES_URL';

/**
 * Opens a desk at which test files of all workers ask for a service. A service starts when the first
 * of them asks, so a run that needs none starts none.
 *
 * @returns stops everything that was started
 */
export async function openSharedServices(): Promise<() => Promise<void>> {
	const running = new Map<SharedServiceName, Promise<SharedService>>();
	const desk = createServer((request, response) => {
		const name = request.url?.slice(1) as SharedServiceName;
		let service = running.get(name);
		if (service === undefined) {
			service = starters[name]();
			running.set(name, service);
		}
		service.then(
			({ url }) => response.end(url),
			(error: unknown) => response.writeHead(500).end(String(error)),
		);
	});
	await new Promise<void>((listening) => desk.listen(0, '127.0.0.1', listening));
	desk.unref();
	process.env[DESK_VARIABLE] = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`;

	return async () => {
		desk.closeAllConnections();
		desk.close();
		for (const service of await Promise.allSettled(running.values())) {
			if (service.status === 'fulfilled') await service.value.stop();
		}
	};
}

/** The address of a shared service, which starts now if nobody asked before. */
export async function sharedService(name: SharedServiceName): Promise<string> {
	const desk = process.env[DESK_VARIABLE];
	if (desk === undefined) throw new Error(`${DESK_VARIABLE} is not set: run tests through Jest`);
	const response = await fetch(`${desk}/${name}`);
	const text = await response.text();
	if (!response.ok) throw new Error(`${name} did not start: ${text}`);
	return text;
}
