import { createHash } from 'node:crypto';
import { isObject } from '../../protocol/xero';

/** SHA-256 of what JSON says, whatever the order of its members; base64url. */
export function contentHash(value: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(sorted(value)) ?? '')
		.digest('base64url');
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.keys(value)
			.sort()
			.map((member) => [member, sorted(value[member])]),
	);
}
