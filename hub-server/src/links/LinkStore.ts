import type { Page, PageRequest } from '../database/page';
import type { AgreedBase, ExternalRecord, Link, LinkedEntity } from './Link';

/** Which record of Xero's. */
export interface XeroSideOf {
	readonly tenantId: string;
	readonly entity: LinkedEntity;
	readonly xeroId: string;
}

/** A link as its mark finds it, without what was agreed. */
export interface MarkedLink extends ExternalRecord {
	readonly workspaceId: string;
	readonly xeroId: string | null;
}

export interface LinkFilter {
	readonly tenantId?: string | null | undefined;
	/** One of these. */
	readonly tenantIds?: readonly string[] | undefined;
	readonly system?: string | undefined;
	readonly entity?: LinkedEntity | undefined;
	readonly state?: Link['state'] | undefined;
	readonly xeroId?: string | undefined;
	/** A part of the external id. */
	readonly search?: string | undefined;
}

/** What a push knows when a record is in Xero, or both sides agree. */
export interface Agreement {
	readonly xeroId: string;
	readonly base: AgreedBase;
	readonly pushedHash: string | null;
	readonly pushId: string | null;
}

/**
 * Links, each in one workspace. An external record has one link in an organisation, and a record of Xero's one
 * for each system: the ledger holds to both, whoever writes at the same time. Bases are sealed. Everything is durable
 * once resolved.
 */
export interface LinkStore {
	/** In the order of `records`; undefined where there is none. */
	findMany(
		workspaceId: string,
		records: readonly ExternalRecord[],
	): Promise<ReadonlyArray<Link | undefined>>;
	/** Of these records of Xero's, all systems. */
	ofXero(
		workspaceId: string,
		tenantId: string,
		records: ReadonlyArray<Pick<XeroSideOf, 'entity' | 'xeroId'>>,
	): Promise<readonly Link[]>;
	/**
	 * Whose document in Xero has this mark, see `linkMark`: of one workspace, one in each organisation. Who asks may see it or not:
	 * that is for the caller to judge.
	 */
	findMarked(mark: string): Promise<readonly MarkedLink[]>;
	list(workspaceId: string, filter: LinkFilter, page: PageRequest): Promise<Page<Link>>;
	/**
	 * Makes it, or changes what it links to; a link that is claimed or broken is settled by it. With a base, or for
	 * another record of Xero's, what was pushed last is forgotten, so that the next push looks again.
	 *
	 * @param to without a base the one there is stays, unless it is another record's
	 * @throws LinkTakenError where the record of Xero's has another link of the same system
	 */
	put(
		workspaceId: string,
		record: ExternalRecord,
		to: { readonly xeroId: string; readonly base?: AgreedBase | undefined },
	): Promise<{ readonly isNew: boolean; readonly link: Link }>;
	/**
	 * Many at once, as `put` without a base does each: a link stands as it is asked for, or is left alone, and asking again
	 * changes nothing.
	 *
	 * @returns by position
	 */
	putMany(
		workspaceId: string,
		links: ReadonlyArray<{ readonly record: ExternalRecord; readonly xeroId: string }>,
	): Promise<readonly PutOutcome[]>;
	/** Of a workspace; of an organisation, or of none, where it is named. */
	count(workspaceId: string, of?: { readonly tenantId: string | null }): Promise<number>;
	/** @returns whether there was one */
	remove(workspaceId: string, record: ExternalRecord): Promise<boolean>;
	/**
	 * Takes what has no link for one push: whoever comes second is told whose it is. A claim of a push that is over is
	 * taken over, by one of those who try. Where that push, or this one before, had sent a create whose answer it never
	 * knew, `sentAt` still says so: such a claim is to be looked for in Xero, and never simply sent again.
	 *
	 * @returns by position: the claim, or the link that is there already
	 */
	claim(
		workspaceId: string,
		pushId: string,
		records: readonly ExternalRecord[],
	): Promise<ReadonlyArray<{ readonly isMine: boolean; readonly link: Link }>>;
	/** Before creates leave for Xero: from now on the record may be there. */
	markSent(linkIds: readonly string[], at: number): Promise<void>;
	/** Gives back a claim of which nothing can be in Xero; what is linked stays. */
	release(linkIds: readonly string[]): Promise<void>;
	/**
	 * The record is in Xero, and both sides agree on the base. A link that was removed meanwhile stays removed.
	 *
	 * @throws LinkTakenError where the record of Xero's has another link of the same system; nothing is written
	 */
	agree(linkId: string, agreement: Agreement): Promise<void>;
	/** What it links to cannot be used any more, until a person does something. */
	break(linkId: string, reason: string): Promise<void>;
}

export type PutOutcome =
	| { readonly kind: 'made' | 'changed' | 'unchanged' }
	/** The record of Xero's has a link of the same system. */
	| { readonly kind: 'taken'; readonly externalId: string };
