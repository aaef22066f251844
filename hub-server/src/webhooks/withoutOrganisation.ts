import { isObject } from '../../protocol/xero';

/**
 * What is left of a payload's bytes without one organisation.
 *
 * An entry goes when it names the organisation anywhere: one that could not be read may have it in no place of
 * its own. What cannot be taken apart goes whole, for nobody can say what of it is whose.
 *
 * @param tenantId lower case
 * @returns undefined when the bytes do not speak of the organisation; null when nothing of anybody else is left
 */
export function withoutOrganisation(body: Buffer, tenantId: string): Buffer | null | undefined {
	const text = body.toString('utf8').replace(/^\uFEFF/, '');
	// JSON may write any character of an id by its number.
	if (!names(text, tenantId) && !text.includes(String.raw`\u`)) return undefined;
	try {
		const parsed: unknown = JSON.parse(text);
		const events: unknown = isObject(parsed) ? parsed['events'] : undefined;
		if (!isObject(parsed) || !Array.isArray(events)) return whole(JSON.stringify(parsed), tenantId);
		const others = events.filter((entry) => !names(JSON.stringify(entry), tenantId));
		const rest = JSON.stringify({ ...parsed, events: others });
		if (names(rest, tenantId)) return null;
		if (others.length === events.length) return undefined;
		return others.length === 0 ? null : Buffer.from(rest);
	} catch {
		return whole(text, tenantId);
	}
}

function whole(text: string, tenantId: string): null | undefined {
	return names(text, tenantId) ? null : undefined;
}

function names(text: string, tenantId: string): boolean {
	return text.toLowerCase().includes(tenantId);
}
