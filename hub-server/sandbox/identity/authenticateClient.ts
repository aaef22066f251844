import { timingSafeEqual } from 'node:crypto';
import type { World, XeroApp } from '../world/World';

/**
 * The app behind a token request: by Basic authentication when it has a secret, by `client_id` in
 * the body when it is a PKCE app.
 */
export function authenticateClient(
	world: World,
	authorization: string | undefined,
	form: URLSearchParams,
): XeroApp | undefined {
	const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
	if (basic === undefined) {
		const app = world.apps.get(form.get('client_id') ?? '');
		return app?.clientSecret === undefined ? app : undefined;
	}

	const decoded = Buffer.from(basic, 'base64').toString();
	const colon = decoded.indexOf(':');
	if (colon < 0) return undefined;
	const app = world.apps.get(formDecoded(decoded.slice(0, colon)));
	const secret = formDecoded(decoded.slice(colon + 1));
	return app?.clientSecret !== undefined && areEqual(secret, app.clientSecret) ? app : undefined;
}

/** RFC 6749 §2.3.1 has id and secret form-encoded inside the header. */
function formDecoded(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return text;
	}
}

function areEqual(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
