import { generateKeyPairSync } from 'node:crypto';

const VARIABLE = 'TEST_SIGNING_KEY';

/** Makes the key that sandboxes of all workers may sign with, in Jest's global set-up. */
export function makeSigningKeyOfRun(): void {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	process.env[VARIABLE] = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Absent outside Jest. */
export function signingKeyOfRun():
	{ readonly id: string; readonly privatePem: string } | undefined {
	const privatePem = process.env[VARIABLE];
	return privatePem === undefined ? undefined : { id: 'sandbox-1', privatePem };
}
