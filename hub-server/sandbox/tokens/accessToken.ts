import {
	createPrivateKey,
	createPublicKey,
	createSign,
	createVerify,
	generateKeyPairSync,
	type KeyObject,
} from 'node:crypto';

/** Signs and reads the RS256 tokens of one key. */
export interface TokenSigner {
	sign(claims: Readonly<Record<string, unknown>>): string;
	/** The claims of a token with a good signature, whatever its times say. */
	read(token: string): AccessTokenClaims | undefined;
	/** The public key, as the JWKS shows it. */
	readonly jwk: Readonly<Record<string, unknown>>;
}

/** `aud` of every access token. */
export const TOKEN_AUDIENCE = 'https://identity.xero.com/resources';

export interface AccessTokenClaims {
	readonly exp: number;
	readonly nbf: number;
	readonly aud: string;
	readonly client_id: string;
	readonly jti: string;
	readonly scope: readonly string[];
	readonly xero_userid?: string;
	readonly authentication_event_id?: string;
}

export function generateSigningKey(id: string): {
	readonly id: string;
	readonly privatePem: string;
} {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	return { id, privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

export function createTokenSigner(key: {
	readonly id: string;
	readonly privatePem: string;
}): TokenSigner {
	const privateKey = createPrivateKey(key.privatePem);
	const publicKey = createPublicKey(privateKey);
	const header = base64url(JSON.stringify({ alg: 'RS256', kid: key.id, typ: 'JWT' }));
	const verified = new Map<string, AccessTokenClaims>();

	return {
		sign(claims) {
			const content = `${header}.${base64url(JSON.stringify(claims))}`;
			return `${content}.${createSign('RSA-SHA256').update(content).sign(privateKey, 'base64url')}`;
		},
		read(token) {
			const known = verified.get(token);
			if (known !== undefined) return known;
			const claims = verifiedClaims(token, publicKey);
			if (claims === undefined) return undefined;
			if (verified.size >= KEPT_TOKENS) verified.clear();
			verified.set(token, claims);
			return claims;
		},
		jwk: { ...publicKey.export({ format: 'jwk' }), kid: key.id, use: 'sig', alg: 'RS256' },
	};
}

/** Checking a signature costs more than a simple answer, so good tokens are remembered. */
const KEPT_TOKENS = 1_000;

function verifiedClaims(token: string, publicKey: KeyObject): AccessTokenClaims | undefined {
	const [header, payload, signature, ...rest] = token.split('.');
	if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
		return undefined;
	}
	const isOurs = createVerify('RSA-SHA256')
		.update(`${header}.${payload}`)
		.verify(publicKey, Buffer.from(signature, 'base64url'));
	if (!isOurs) return undefined;
	return JSON.parse(Buffer.from(payload, 'base64url').toString()) as AccessTokenClaims;
}

function base64url(text: string): string {
	return Buffer.from(text).toString('base64url');
}
