import { InvalidConfigError } from '../config/loadConfig';
import { HubError } from '../errors/HubError';
import { CommandError } from './CommandError';

/** Why a command could not do it. */
export interface Failure {
	/** Stable, for programs: that of the API, `invalid_configuration`, `usage`, `file`, `database`, or `failed`. */
	readonly code: string;
	readonly message: string;
	readonly todo: string;
}

const DOCTOR = 'xero-hub doctor looks at everything that the hub stands on, and says what to do.';

/** What each cause comes to for whoever typed the command: no stack, and always a way on. */
export function explainFailure(cause: unknown): Failure {
	if (cause instanceof CommandError) return pick(cause);
	if (cause instanceof InvalidConfigError) {
		return {
			code: 'invalid_configuration',
			message: cause.message,
			todo: 'Correct these settings; hub-server/docs/operators-guide.md lists them all.',
		};
	}
	if (cause instanceof HubError) {
		const isAsked = cause.status < 500;
		const todo = isAsked ? 'xero-hub --help shows what commands take.' : DOCTOR;
		return { code: cause.code, message: cause.message, todo };
	}
	return ofSystem(cause) ?? { code: 'failed', message: textOf(cause), todo: DOCTOR };
}

function pick({ code, message, todo }: CommandError): Failure {
	return { code, message, todo };
}

interface SystemError extends Error {
	readonly code: string;
	readonly path?: string;
	readonly address?: string;
	readonly port?: number;
}

function ofSystem(cause: unknown): Failure | undefined {
	// PostgreSQL's client asks every address of a name, and gathers the refusals.
	const one = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
	if (!(one instanceof Error) || !('code' in one) || typeof one.code !== 'string') return undefined;
	const { code, path, address, port, message } = one as SystemError;
	if (code === 'ENOENT' && path !== undefined) {
		return {
			code: 'file',
			message: `There is no file ${path}.`,
			todo: 'Look at the name, and at the folder that the command runs in.',
		};
	}
	if (path !== undefined) {
		return {
			code: 'file',
			message: `${path} cannot be used: ${message.split(',')[0] ?? code}.`,
			todo: 'Give the file or folder to the user that runs the hub, or name another one.',
		};
	}
	if (/^E[A-Z]+$/.test(code) && port !== undefined) {
		return {
			code: 'database',
			message: `Nothing answers at ${address ?? 'the host'}:${port} (${code}).`,
			todo: 'Start the database there, or correct DATABASE_URL.',
		};
	}
	// SQLSTATE: what PostgreSQL itself says.
	if (/^[0-9A-Z]{5}$/.test(code)) {
		return {
			code: 'database',
			message: `PostgreSQL refuses: ${message}.`,
			todo: 'Correct DATABASE_URL, or the database and its user.',
		};
	}
	if (code.startsWith('SQLITE_')) {
		return { code: 'database', message: `SQLite refuses: ${message}.`, todo: DOCTOR };
	}
	return undefined;
}

function textOf(cause: unknown): string {
	return cause instanceof Error ? cause.message : String(cause);
}
