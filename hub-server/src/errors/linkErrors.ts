import { HubError } from './HubError';

/** The record of Xero's has a link of the same system already. */
export class LinkTakenError extends HubError {
	readonly code = 'link_taken';
	readonly status = 409;
	override readonly members: Readonly<Record<string, string>>;

	constructor(readonly taken: { readonly xeroId: string; readonly externalId: string }) {
		super(
			`${taken.xeroId} is linked to "${taken.externalId}" already. Remove that link first, or link another record.`,
		);
		this.members = taken;
	}
}

/** Links of it were pushed since, so that taking them back would make second records. */
export class LinksUsedError extends HubError {
	readonly code = 'links_used';
	readonly status = 409;
}
