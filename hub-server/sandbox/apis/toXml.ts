/** What Xero answers to a client that did not ask for JSON: the same content as XML. */
export function toXml(value: unknown): string {
	return `<?xml version="1.0" encoding="utf-8"?><Response>${content(value)}</Response>`;
}

function content(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value !== 'object') return escapeXml(String(value));
	return Object.entries(value)
		.map(
			([name, member]) =>
				`<${name}>${Array.isArray(member) ? list(name, member) : content(member)}</${name}>`,
		)
		.join('');
}

/** `Invoices` holds `Invoice` elements. */
function list(name: string, members: readonly unknown[]): string {
	const singular = name.endsWith('ies')
		? `${name.slice(0, -3)}y`
		: name.replace(/(?<=s)es$|s$/, '');
	return members.map((member) => `<${singular}>${content(member)}</${singular}>`).join('');
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
