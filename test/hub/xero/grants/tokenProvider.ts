import type {
	AppCredentials,
	TokenOutcome,
	XeroIdentity,
} from '../../../../hub-server/src/xero/identity/xeroIdentity';

const ACCESS_TOKEN_MS = 30 * 60_000;

/** Xero's token endpoint as far as the vault sees it: rotating refresh tokens with a grace. */
export interface TokenProvider extends Pick<XeroIdentity, 'refresh' | 'clientCredentials'> {
	/** How often a refresh was asked for. */
	readonly calls: number;
	/** Runs before each answer; a promise makes the provider slow. */
	beforeAnswer: () => Promise<unknown> | unknown;
	/** Replaces the next answers, one each, after the provider has done its work. */
	readonly instead: (TokenOutcome | 'as usual')[];
	/** A first token set, as after a consent. */
	issue(): { accessToken: string; refreshToken: string; scope: string; expiresAt: number };
	revokeAll(): void;
	clientSecret: string;
}

/** @param graceMs how long a superseded refresh token still works; 0 shows what the grace hides */
export function createTokenProvider(clock: () => number, graceMs: number): TokenProvider {
	const supersededAt = new Map<string, number | undefined>();
	let issued = 0;

	const provider: TokenProvider = {
		calls: 0,
		beforeAnswer: () => undefined,
		instead: [],
		clientSecret: 'secret',

		issue() {
			issued += 1;
			supersededAt.set(`refresh-${issued}`, undefined);
			return {
				accessToken: `access-${issued}`,
				refreshToken: `refresh-${issued}`,
				scope: 'accounting.invoices offline_access',
				expiresAt: clock() + ACCESS_TOKEN_MS,
			};
		},

		revokeAll: () => supersededAt.clear(),

		async refresh(app: AppCredentials, refreshToken: string): Promise<TokenOutcome> {
			(provider as { calls: number }).calls += 1;
			const outcome = answer(app, refreshToken);
			await provider.beforeAnswer();
			const instead = provider.instead.shift() ?? 'as usual';
			return instead === 'as usual' ? outcome : instead;
		},

		async clientCredentials(): Promise<TokenOutcome> {
			(provider as { calls: number }).calls += 1;
			return { kind: 'tokens', tokens: { ...provider.issue(), refreshToken: undefined } };
		},
	};

	function answer(app: AppCredentials, refreshToken: string): TokenOutcome {
		if (app.clientSecret !== provider.clientSecret) return { kind: 'invalid_client' };
		const superseded = supersededAt.get(refreshToken);
		const known = supersededAt.has(refreshToken);
		if (!known || (superseded !== undefined && clock() >= superseded + graceMs)) {
			return { kind: 'invalid_grant' };
		}
		supersededAt.set(refreshToken, superseded ?? clock());
		return { kind: 'tokens', tokens: provider.issue() };
	}

	return provider;
}
