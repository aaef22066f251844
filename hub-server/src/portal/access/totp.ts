import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;

/** Of each side: RFC 6238 §5.2 advises one step for clocks and for typing. */
const WINDOW = 1;

/** 160 bits, as RFC 4226 §4 R6 advises, in base32 as apps take them. */
export function newTotpSecret(): string {
	return new Secret({ size: 20 }).base32;
}

/** What an app reads from the QR code: `otpauth://totp/…`. SHA-1, six digits: what every app knows. */
export function totpUri(secret: string, email: string, issuer: string): string {
	return totpOf(secret, email, issuer).toString();
}

/**
 * The time step that the code is of, counted from 1970 in half minutes.
 *
 * @param at epoch milliseconds
 * @returns undefined when the code is of none that counts now
 */
export function stepOfCode(secret: string, code: string, at: number): number | undefined {
	const token = code.replace(/\s/g, '');
	if (!/^\d{6}$/.test(token)) return undefined;
	const delta = totpOf(secret, '', '').validate({ token, timestamp: at, window: WINDOW });
	return delta === null ? undefined : Math.floor(at / 1000 / PERIOD_SECONDS) + delta;
}

function totpOf(secret: string, label: string, issuer: string): TOTP {
	return new TOTP({
		...{ issuer, label, secret: Secret.fromBase32(secret) },
		...{ algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS },
	});
}
