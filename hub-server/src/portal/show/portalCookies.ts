import { KNOWN_FOR_MS } from '../access/knownBrowsers';
import type { CookieOptions, Request, Response } from 'express';

/** The portal's cookies. None is ever set on a path that Xero or n8n calls. */
export interface PortalCookies {
	/** Who is signed in. */
	readonly session: PortalCookie;
	/** A browser before anybody signed in: forms need something to be bound to. */
	readonly visitor: PortalCookie;
	/** That somebody signed in here before; it outlives the browser's window. */
	readonly browser: PortalCookie;
}

export interface PortalCookie {
	read(request: Request): string | undefined;
	set(response: Response, value: string): void;
	clear(response: Response): void;
}

/**
 * Where the portal is on https the cookies are `Secure` and carry the `__Host-` prefix, so no other
 * host and no plain http page can set them. `Lax` lets the browser come back from Xero signed in.
 *
 * @param publicUrl tells whether the portal is on https
 */
export function createPortalCookies(publicUrl: string): PortalCookies {
	const secure = publicUrl.startsWith('https:');
	const prefix = secure ? '__Host-' : '';
	const options: CookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure };
	return {
		session: portalCookie(`${prefix}xero_hub_session`, options),
		visitor: portalCookie(`${prefix}xero_hub_visitor`, options),
		browser: portalCookie(`${prefix}xero_hub_browser`, { ...options, maxAge: KNOWN_FOR_MS }),
	};
}

function portalCookie(name: string, options: CookieOptions): PortalCookie {
	return {
		read: (request) => readCookie(request.headers.cookie ?? '', name),
		set: (response, value) => void response.cookie(name, value, options),
		clear: (response) => void response.clearCookie(name, options),
	};
}

/** Only values that the portal made itself: base64url, which needs no decoding. */
export function readCookie(header: string, name: string): string | undefined {
	for (const pair of header.split(';')) {
		const [key, value = ''] = pair.trim().split('=', 2);
		if (key === name && /^[\w-]{20,100}$/.test(value)) return value;
	}
	return undefined;
}
