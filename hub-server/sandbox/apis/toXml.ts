/**
 * What Xero answers to a client that did not ask for JSON: the same content as XML, dates in ISO form, and
 * refusals as `ApiException` (pyxero's and xeroizer's recorded answers).
 *
 * @param elementType what the refused elements are, such as `Invoice`
 */
export function toXml(body: Readonly<Record<string, unknown>>, elementType = ''): string {
	const root = 'ErrorNumber' in body ? 'ApiException' : 'Response';
	return `<?xml version="1.0" encoding="utf-8"?><${root} ${NAMESPACES}>${members(body, elementType)}</${root}>`;
}

const NAMESPACES =
	'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** JSON alone has the readable twins of its dates. */
const TWIN = /(?:Date|UTC)String$/;

function members(value: object, elementType: string): string {
	return Object.entries(value)
		.filter(([name]) => !TWIN.test(name))
		.map(([name, member]: [string, unknown]) => {
			const inner = Array.isArray(member)
				? list(name, member, elementType)
				: content(name, member, elementType);
			return `<${name}>${inner}</${name}>`;
		})
		.join('');
}

function content(name: string, value: unknown, elementType: string): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'object') return members(value, elementType);
	const ms = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(String(value))?.[1];
	return escapeXml(ms === undefined ? String(value) : isoDate(name, Number(ms)));
}

/** Xero prints a time zone in the envelope only. */
function isoDate(name: string, ms: number): string {
	if (name === 'DateTimeUTC') return new Date(ms).toISOString();
	return new Date(ms)
		.toISOString()
		.slice(0, 23)
		.replace(/\.000$/, '');
}

/** `Invoices` holds `Invoice` elements. */
function list(name: string, items: readonly unknown[], elementType: string): string {
	const [open, close] =
		name === 'Elements'
			? [`DataContractBase xsi:type="${elementType}"`, 'DataContractBase']
			: [itemName(name), itemName(name)];
	return items.map((item) => `<${open}>${content(name, item, elementType)}</${close}>`).join('');
}

function itemName(name: string): string {
	if (name === 'Tracking') return 'TrackingCategory';
	return name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/(?<=s)es$|s$/, '');
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
