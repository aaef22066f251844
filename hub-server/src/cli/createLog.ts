import { pino, type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from '../config/Config';

/**
 * The hub's log: JSON, a line for each entry, or lines for people. `auto` is for people on a terminal. Colours only there,
 * and never where `NO_COLOR` is set.
 */
export function createLog(
	{ logLevel, logFormat }: Pick<Config, 'logLevel' | 'logFormat'>,
	stream: DestinationStream & { readonly isTTY?: boolean },
): Logger {
	const isTerminal = stream.isTTY === true;
	const isForPeople = logFormat === 'pretty' || (logFormat === 'auto' && isTerminal);
	const destination = isForPeople
		? pretty({
				destination: stream as NodeJS.WritableStream,
				sync: true,
				colorize: isTerminal && !process.env['NO_COLOR'],
				translateTime: 'SYS:HH:MM:ss',
			})
		: stream;
	return pino({ level: logLevel, base: null }, destination);
}
