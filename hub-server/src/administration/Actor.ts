/** Who makes a change, and how the audit log tells it. */
export interface Actor {
	/** An email address, the kind of key that was shown, or the command line. */
	readonly name: string;
	/** What a call of the API is called in the log; absent: what the change itself is called. */
	readonly action?: string | undefined;
	/** The call of the API, such as `POST /api/v1/workspaces`. */
	readonly call?: string | undefined;
	/** The network that the call came from. */
	readonly from?: string | undefined;
	/** The id of the API key that was shown. */
	readonly keyId?: string | undefined;
	/** Of the admin key that was shown: what it makes ends with it. */
	readonly adminKeyId?: string | undefined;
}
