import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import type { SigningKey } from '../workspaces/SigningKey';
import { createGroupCommit } from '../database/groupCommit';
import type { Tables } from '../database/tables';

/** A verified payload of Xero's, on its way to the disk. */
export interface AcceptedPayload {
	readonly workspaceId: string;
	/** The bytes Xero signed. */
	readonly body: Buffer;
	readonly signedWith: SigningKey['name'];
}

/** Where Xero's payloads are safe the moment they are answered; what they mean is read afterwards. */
export interface Inbox {
	/**
	 * Durable once resolved: in an fsynced transaction, shared with whatever else arrived in the same
	 * turn. The same bytes may be kept twice; their events are not.
	 */
	accept(payload: AcceptedPayload): Promise<void>;
	/** Whether payloads are arriving at this moment: then other work should let them pass. */
	isBusy(): boolean;
	/** Resolves when nothing is being written. */
	idle(): Promise<void>;
}

export interface InboxDeps {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	/** Rung after each commit; never awaited. */
	onCommitted?(payloads: number): void;
	/** 1 gives a commit per payload, for comparison in the benchmark. */
	readonly maxBatch?: number;
}

export function createInbox({ db, now, onCommitted, maxBatch = 500 }: InboxDeps): Inbox {
	const commits = createGroupCommit<AcceptedPayload, void>(
		async (payloads) => {
			const rows = payloads.map(({ workspaceId, body, signedWith }) => ({
				workspace_id: workspaceId,
				body,
				signed_with: signedWith,
				received_at: now(),
				routed_at: null,
			}));
			await db.insertInto('payloads').values(rows).execute();
			onCommitted?.(payloads.length);
			return payloads.map(() => undefined);
		},
		{ maxItems: maxBatch },
	);

	return {
		accept: (payload) => commits.add(payload),
		isBusy: () => commits.isBusy(),
		idle: () => commits.idle(),
	};
}
