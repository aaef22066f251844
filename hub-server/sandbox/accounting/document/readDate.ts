import { parseDay } from '../../resource/xeroDate';
import type { Element } from '../../writing/readElements';

/**
 * A day of a document, under its name or its `…String` twin.
 *
 * @returns midnight UTC in milliseconds; `known` where nothing is sent
 */
export function readDate(
	element: Element,
	name: string,
	known: number | undefined,
	messages: string[],
): number | undefined {
	const value = element[name] ?? element[`${name}String`];
	if (value === undefined || value === null) return known;
	const ms = parseDay(value);
	if (ms === undefined) messages.push(`${name} is not a valid date`);
	return ms;
}

/** Today in the sandbox's time, midnight UTC in milliseconds. */
export function todayOf(nowMs: number): number {
	return parseDay(new Date(nowMs).toISOString()) as number;
}
