/** The portal's rows, as both engines return them. */
export interface PortalTables {
	users: {
		id: string;
		/** Lower case: one person, one row. */
		email: string;
		name: string;
		/** Argon2id, as a PHC string; empty for somebody who has none. */
		password_hash: string;
		role: Role;
		/** 0: only those in `user_workspaces`. */
		all_workspaces: number;
		created_at: number;
		signed_in_at: number | null;
		/** When somebody took the second factor away; null once the person has read it. */
		reset_at: number | null;
		reset_by: string | null;
		/** Who they are at the provider of OpenID Connect; null for who has not come by it. */
		oidc_issuer: string | null;
		oidc_subject: string | null;
	};

	user_workspaces: {
		user_id: string;
		workspace_id: string;
		/** Null: the person's own, of a hub that knew no other. */
		role: WorkspaceRole | null;
	};

	portal_sessions: {
		/** SHA-256 of the cookie in hex. */
		token_hash: string;
		user_id: string;
		created_at: number;
		/** To the minute. */
		seen_at: number;
		/** Such as *Firefox on Linux*; null before it was noted. */
		browser: string | null;
		/** Coarse: the /24 or /48 that it was begun from. */
		network: string | null;
		/** When the person last proved who they are; null: before it was noted. */
		confirmed_at: number | null;
		/** Null for one that an earlier version began. */
		method: SessionMethod | null;
	};

	user_totps: {
		user_id: string;
		/** Sealed: what the app makes its codes from, in base32. */
		secret: string;
		/** The newest time step that was taken; it and those before are taken no more. */
		last_step: number;
		created_at: number;
	};

	recovery_codes: {
		/** SHA-256 in hex of the person and the code. Gone once it was used. */
		code_hash: string;
		user_id: string;
	};

	passkeys: {
		/** The credential's id, base64url. */
		id: string;
		user_id: string;
		name: string;
		/** COSE, base64url. */
		public_key: string;
		counter: number;
		/** JSON array. */
		transports: string;
		created_at: number;
		used_at: number | null;
	};

	sign_in_steps: {
		/** SHA-256 in hex of kind and cookie: one of a kind in each browser. */
		id: string;
		kind: SignInStepKind;
		user_id: string | null;
		/** Sealed: what the answer is held against. */
		asked: string;
		expires_at: number;
	};

	sign_in_tries: {
		/** SHA-256 in hex of an account, a network or a browser. */
		name_hash: string;
		/** When all its tries are there again. */
		full_at: number;
	};

	known_browsers: {
		/** SHA-256 of the cookie in hex. */
		token_hash: string;
		user_id: string;
		/** At the last sign-in. */
		seen_at: number;
	};

	join_links: {
		/** SHA-256 of the link's last part in hex. */
		token_hash: string;
		kind: JoinKind;
		/** Whose password is set anew; null for somebody who is not a user yet. */
		user_id: string | null;
		role: Role;
		all_workspaces: number;
		/** JSON array. */
		workspace_ids: string;
		/** JSON object, workspace id → role; null: `role` in each. */
		workspace_roles: string | null;
		expires_at: number;
		used_at: number | null;
		/** The user who made it; null for the hub itself, the command line, and links made before it was noted. */
		made_by: string | null;
		/** As the audit log names them; null for links made before it was noted. */
		made_by_name: string | null;
		/** When it ended with its maker, or because a newer password made it needless. */
		ended_at: number | null;
	};

	audit_log: {
		/** 1, 2, 3 … without a gap. */
		seq: number;
		at: number;
		/** Who: an email address, or the key that was shown. */
		actor: string;
		/** The slug; outlives the workspace. */
		workspace: string | null;
		action: string;
		/** JSON object; never holds a secret. */
		detail: string;
		/** The hash of the entry before; empty for the first. */
		previous_hash: string;
		hash: string;
		/** What it is chained under; null for a version that had no keys. */
		key_id: string | null;
	};
}

/** *owner* may do everything; *connector* may save app keys and connect; *viewer* may look. */
export type Role = 'owner' | 'connector' | 'viewer';

/** What somebody may be in one workspace and not in another; owners are owners everywhere. */
export type WorkspaceRole = Exclude<Role, 'owner'>;

/** `second_factor` is asked for after the password, `totp` to prove an app that is being set up, `oidc` at the provider, the others of a passkey. */
export type SignInStepKind = 'second_factor' | 'totp' | 'new_passkey' | 'passkey' | 'oidc';

/** By what a session was begun: something of the hub's own, or OpenID Connect. */
export type SessionMethod = 'own' | 'oidc';

/** `set_up` makes the first owner, `invitation` another user, `password` changes a forgotten one. */
export type JoinKind = 'set_up' | 'invitation' | 'password';
