import type { Page, PageRequest } from '../database/page';
import type { PushItemState } from '../database/tables';
import type { LinkedEntity } from '../links/Link';
import type { XeroRecord } from '../../protocol/xero';
import type { Push, PushItem, PushWish } from './Push';

/** Who asked, and how it is known again. */
export interface PushRequest {
	readonly cause: Push['cause'];
	/** Absent: every call is a push of its own. */
	readonly idempotencyKey?: string | undefined;
}

export interface PushFilter {
	readonly tenantId?: string | undefined;
	/** One of these. */
	readonly tenantIds?: readonly string[] | undefined;
	readonly system?: string | undefined;
	readonly entity?: LinkedEntity | undefined;
	readonly status?: Push['status'] | undefined;
	/** Those that have a record in it. */
	readonly state?: PushItemState | undefined;
}

/** One record of a push with what was asked for, for a person. */
export interface PushItemShown extends PushItem {
	/** In the other system's codes; null once it was purged. */
	readonly fields: XeroRecord | null;
	/** What Xero held before of the members that were written; null where nothing was. */
	readonly previous: XeroRecord | null;
	/** A person's word in a conflict. */
	readonly resolution: 'xero' | 'external' | null;
}

/** What became of a push, for who asked for it; each in one workspace. Everything is durable once resolved. */
export interface PushStore {
	/**
	 * Takes the records for their push, which goes on by itself. The same key with the same request within 24 hours
	 * answers the push that it made.
	 *
	 * @throws IdempotencyKeyUsedError where the key came with another request
	 */
	create(
		workspaceId: string,
		wish: PushWish,
		request: PushRequest,
	): Promise<{ readonly isNew: boolean; readonly push: Push }>;
	/** Newest first. */
	list(workspaceId: string, filter: PushFilter, page: PageRequest): Promise<Page<Push>>;
	/** @throws NotFoundError */
	get(workspaceId: string, id: string): Promise<Push>;
	/** In the order in which they were sent. @throws NotFoundError */
	items(
		workspaceId: string,
		id: string,
		filter: { readonly states?: readonly PushItemState[] | undefined },
		page: PageRequest,
	): Promise<Page<PushItem>>;
	/** @throws NotFoundError */
	item(workspaceId: string, id: string, externalId: string): Promise<PushItemShown>;
	/**
	 * Takes records up once more, such as after their codes were mapped. What was made already is not made twice.
	 *
	 * @param states which; absent: all those in which something is to be done
	 * @returns how many
	 * @throws NotFoundError, ConflictError for a dry run
	 */
	retry(
		workspaceId: string,
		id: string,
		states?: readonly PushItemState[] | undefined,
	): Promise<number>;
	/**
	 * As `retry`, of all pushes of the filter that have records in the state, the oldest first; dry runs are left out.
	 *
	 * @returns how many of both
	 */
	retryAll(
		workspaceId: string,
		filter: Pick<PushFilter, 'tenantId' | 'system' | 'entity'>,
		state: PushItemState,
	): Promise<{ readonly pushes: number; readonly records: number }>;
	/**
	 * Ends a conflict by a person's word, and takes the record up once more.
	 *
	 * @throws NotFoundError, ConflictError where it is in no conflict
	 */
	resolve(
		workspaceId: string,
		id: string,
		externalId: string,
		use: 'xero' | 'external',
	): Promise<PushItem>;
	/**
	 * A push that takes back what this one did, as far as Xero allows. Asked for again while one runs, that one.
	 *
	 * @throws NotFoundError, ConflictError while the push still runs, or for a dry run or an undo
	 */
	undo(
		workspaceId: string,
		id: string,
		request: PushRequest,
	): Promise<{ readonly isNew: boolean; readonly push: Push }>;
	/** How many run, and how many records are kept. */
	usage(workspaceId: string): Promise<{ readonly running: number; readonly items: number }>;
}
