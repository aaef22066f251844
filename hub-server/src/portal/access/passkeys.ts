import type * as simpleWebAuthn from '@simplewebauthn/server';
import { z } from 'zod';
import type { PortalUser } from './PortalUser';
import type { PasskeyStore } from './passkeyStore';
import type { SignInSteps } from './signInSteps';

/**
 * Passkeys (WebAuthn). Each challenge is for one browser and one purpose, once, for ten minutes. Answers are the
 * JSON that the page's script made of the authenticator's.
 */
export interface Passkeys {
	/** What the browser is asked to make: JSON for the page's script. */
	askForNew(browser: string, you: PortalUser): Promise<unknown>;
	/** False when the answer does not fit what was asked, or the key is somebody's already. */
	add(browser: string, you: PortalUser, name: string, answer: string): Promise<boolean>;
	/**
	 * What the browser is asked to sign: JSON for the page's script.
	 *
	 * @param userId whose keys will do; null: the key says who it is, and its owner was recognised by it
	 */
	ask(browser: string, userId: string | null): Promise<unknown>;
	/**
	 * Whose key has signed what that browser was asked.
	 *
	 * @returns undefined when nothing was asked, it was asked of another person, or the answer cannot be trusted:
	 * another origin, a copy of the key whose counter lags behind
	 */
	check(browser: string, answer: string): Promise<string | undefined>;
}

/** What is used of `@simplewebauthn/server`. */
type WebAuthn = Pick<
	typeof simpleWebAuthn,
	| 'generateRegistrationOptions'
	| 'verifyRegistrationResponse'
	| 'generateAuthenticationOptions'
	| 'verifyAuthenticationResponse'
>;

/** @param deps.publicUrl says the RP id, its host: a key works there and nowhere else */
export function createPasskeys(deps: {
	readonly store: Pick<PasskeyStore, 'add' | 'find' | 'list' | 'noteUse'>;
	readonly steps: Pick<SignInSteps, 'begin' | 'take'>;
	readonly publicUrl: string;
}): Passkeys {
	const { store, steps } = deps;
	const { hostname: rpID, origin } = new URL(deps.publicUrl);

	return {
		async askForNew(browser, you) {
			const held = await store.list(you.id);
			const options = await loadWebAuthn().generateRegistrationOptions({
				rpID,
				rpName: 'Xero Hub',
				userID: new Uint8Array(Buffer.from(you.id)),
				userName: you.email,
				userDisplayName: you.name,
				attestationType: 'none',
				excludeCredentials: held.map(({ id, transports }) => ({ id, transports: [...transports] })),
				// It is to stand alone at the sign-in: it knows its person, and asks for a finger or a PIN.
				authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
			});
			await steps.begin('new_passkey', browser, { userId: you.id, asked: options.challenge });
			return options;
		},

		async add(browser, you, name, answer) {
			const step = await steps.take('new_passkey', browser);
			const response = parse<RegistrationResponse>(answer);
			if (step?.userId !== you.id || response === undefined) return false;
			const verified = await trusted(
				loadWebAuthn().verifyRegistrationResponse({
					response,
					expectedChallenge: step.asked,
					expectedOrigin: origin,
					expectedRPID: rpID,
					requireUserVerification: true,
				}),
			);
			if (!verified?.verified) return false;
			const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
			return await store.add({
				...{ id, userId: you.id, name, counter, transports },
				publicKey: Buffer.from(publicKey).toString('base64url'),
			});
		},

		async ask(browser, userId) {
			const held = userId === null ? [] : await store.list(userId);
			const options = await loadWebAuthn().generateAuthenticationOptions({
				rpID,
				userVerification: 'required',
				allowCredentials: held.map(({ id, transports }) => ({ id, transports: [...transports] })),
			});
			await steps.begin('passkey', browser, { userId, asked: options.challenge });
			return options;
		},

		async check(browser, answer) {
			const step = await steps.take('passkey', browser);
			const response = parse<AuthenticationResponse>(answer);
			if (step === undefined || response === undefined) return undefined;
			const key = await store.find(response.id);
			if (key === undefined) return undefined;
			if (step.userId !== null && step.userId !== key.userId) return undefined;
			const verified = await trusted(
				loadWebAuthn().verifyAuthenticationResponse({
					response,
					expectedChallenge: step.asked,
					expectedOrigin: origin,
					expectedRPID: rpID,
					requireUserVerification: true,
					credential: {
						id: key.id,
						publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
						counter: key.counter,
					},
				}),
			);
			if (!verified?.verified) return undefined;
			const isTaken = await store.noteUse(key.id, verified.authenticationInfo.newCounter);
			return isTaken ? key.userId : undefined;
		},
	};
}

/** The library asks nobody else: whatever it throws is about the answer, another origin or a counter that lags. */
async function trusted<Verified>(verified: Promise<Verified>): Promise<Verified | undefined> {
	try {
		return await verified;
	} catch {
		return undefined;
	}
}

type RegistrationResponse = Parameters<WebAuthn['verifyRegistrationResponse']>[0]['response'];
type AuthenticationResponse = Parameters<WebAuthn['verifyAuthenticationResponse']>[0]['response'];

/** The library looks at the rest; without these it would throw a fault of ours. */
const Answer = z.looseObject({
	id: z.string().min(1).max(2_000),
	response: z.looseObject({ clientDataJSON: z.string().max(20_000) }),
});

function parse<Response>(answer: string): Response | undefined {
	try {
		const parsed = Answer.safeParse(JSON.parse(answer));
		return parsed.success ? (parsed.data as unknown as Response) : undefined;
	} catch {
		return undefined;
	}
}

/** Loaded by the first person who uses a passkey: it brings readers of certificates. */
function loadWebAuthn(): WebAuthn {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when it is asked for
	return require('@simplewebauthn/server') as WebAuthn;
}
