import { HubError } from './HubError';
import { UnauthenticatedError } from './requestErrors';

/** The key was good until its day came. */
export class KeyExpiredError extends UnauthenticatedError {
	/**
	 * @param key such as `API key “n8n”`
	 * @param at epoch milliseconds
	 */
	constructor(key: string, at: number) {
		super(
			`The ${key} expired at ${new Date(at).toISOString()}. Make a new one and use that; nothing was done.`,
		);
	}
}

/** The key was made without the scope that this call needs. */
export class ScopeMissingError extends HubError {
	readonly code = 'scope_missing';
	readonly status = 403;
	override readonly members: Readonly<Record<string, string>>;

	constructor(keyName: string, scope: string) {
		super(
			`The API key “${keyName}” may not do this: it needs the scope "${scope}". Make a key with that scope in the hub's portal, under API keys, and show that one.`,
		);
		this.members = { scope };
	}
}

/** The key is for some organisations, and this is about others. */
export class OrganisationNotAllowedError extends HubError {
	readonly code = 'organisation_not_allowed';
	readonly status = 403;

	/** @param what it is about; its organisation is not named, for the caller may not know of it */
	constructor(what: 'another organisation' | 'no organisation' | 'all organisations') {
		super(
			`This is about ${what}, and the API key is for some only. Name one of those, or show a key that is for all organisations.`,
		);
	}
}
