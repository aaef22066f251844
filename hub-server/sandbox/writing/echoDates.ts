import { dateString, msDateTime, parseDay } from '../resource/xeroDate';
import type { Element } from './readElements';

/** A refused element's dates come back as Xero prints dates, not as they were sent. */
export function echoDates(element: Element, names: readonly string[]): Element {
	const echoed: Record<string, unknown> = { ...element };
	for (const name of names) {
		const ms = parseDay(element[name]);
		delete echoed[name];
		if (ms === undefined) continue;
		echoed[`${name}String`] = dateString(ms);
		echoed[name] = msDateTime(ms);
	}
	return echoed;
}
