import { CommandError } from './CommandError';

interface PortInUse extends Error {
	readonly port: number;
	readonly address: string;
}

/** Whether another program listens where this one was to. */
export function isPortTaken(cause: unknown): cause is PortInUse {
	return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
}

/** @param setting what says where to listen */
export function portTaken(setting: string, { port, address }: PortInUse): CommandError {
	return new CommandError(
		'port_taken',
		`${setting} ${port} is taken: another program listens on ${address}:${port}.`,
		`Stop it, or set ${setting} to a free port, such as ${setting}=${port + 1}.`,
	);
}
