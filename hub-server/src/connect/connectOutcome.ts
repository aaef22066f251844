/** How a consent ended. */
export type ConnectOutcome =
	| {
			readonly kind: 'connected';
			readonly workspaceName: string;
			readonly workspaceSlug: string;
			/** Begun on a page of the portal, in this browser. */
			readonly fromPortal: boolean;
			/** The email address of the person of the portal who began it. */
			readonly starter: string | undefined;
			/** What else began it, as the audit log names it. */
			readonly startedBy: string | undefined;
			/** Chosen in this consent; empty when the user confirmed what was connected before. */
			readonly chosen: readonly ConnectedOrganisation[];
			/** What the workspace reaches now through this user, those chosen included. */
			readonly organisations: readonly ConnectedOrganisation[];
			/** Of them: those that wait until a member of the workspace confirms them. */
			readonly held: readonly ConnectedOrganisation[];
			/** Connected by another Xero user, as they were; a member may let this consent replace that one. */
			readonly replacing: readonly ConnectedOrganisation[];
			/** Scopes that were asked for and that Xero did not grant. */
			readonly missingScopes: readonly string[];
			/** Where the app that began it wants the browser back. */
			readonly returnTo?: string | undefined;
	  }
	| ConnectFailure;

export interface ConnectedOrganisation {
	readonly tenantId: string;
	readonly name: string;
}

export interface ConnectFailure {
	readonly kind: 'failed';
	readonly reason: ConnectFailureReason;
	/** Where to begin again; absent when the workspace is not known, or a link or an app began it. */
	readonly connectLink?: string | undefined;
	/** In Xero's or the hub's words, where there are any. */
	readonly detail?: string;
	/** Where the app that began it wants the browser back. */
	readonly returnTo?: string | undefined;
}

export type ConnectFailureReason =
	| 'workspace_unknown'
	| 'connect_link_off'
	| 'connect_link_ended'
	| 'too_often'
	| 'app_keys_missing'
	| 'access_denied'
	| 'state_unknown'
	| 'state_used'
	| 'state_expired'
	| 'code_refused'
	| 'clock_off'
	| 'app_keys_refused'
	| 'other_account'
	| 'connection_cap'
	| 'no_organisation'
	| 'other_browser'
	| 'signed_out'
	| 'not_allowed'
	| 'wrong_organisation'
	| 'xero_refused'
	| 'xero_unreachable';
