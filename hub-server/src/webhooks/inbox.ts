import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import { signingKeysVersion } from '../workspaces/appKeyStore';
import type { SigningKey } from '../workspaces/SigningKey';
import { createGroupCommit } from '../database/groupCommit';
import type { Tables } from '../database/tables';

/** A verified payload of Xero's, on its way to the disk. */
export interface AcceptedPayload {
	readonly workspaceId: string;
	/** The bytes Xero signed. */
	readonly body: Buffer;
	readonly signedWith: SigningKey['name'];
	/** Of the keys that it was verified with. */
	readonly keysVersion: string;
}

/** `keys_changed`: nothing was kept, for the workspace has other webhook keys by now: verify it again. */
export type InboxAnswer = 'kept' | 'keys_changed';

/** Where Xero's payloads are safe the moment they are answered; what they mean is read afterwards. */
export interface Inbox {
	/**
	 * Durable once resolved: in an fsynced transaction, shared with whatever else arrived in the same
	 * turn. The same bytes may be kept twice; their events are not.
	 */
	accept(payload: AcceptedPayload): Promise<InboxAnswer>;
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
	/** One look for all that arrived together: a key that was taken away ends at once, in every process. */
	async function keysVersionsOf(payloads: readonly AcceptedPayload[]) {
		const rows = await db
			.selectFrom('app_keys')
			.select(['workspace_id', 'webhook_key', 'previous_webhook_key'])
			.where('workspace_id', 'in', [...new Set(payloads.map((one) => one.workspaceId))])
			.execute();
		return new Map(rows.map((row) => [row.workspace_id, signingKeysVersion(row)]));
	}

	const commits = createGroupCommit<AcceptedPayload, InboxAnswer>(
		async (payloads) => {
			const versions = await keysVersionsOf(payloads);
			const isFresh = ({ workspaceId, keysVersion }: AcceptedPayload) =>
				(versions.get(workspaceId) ?? signingKeysVersion(undefined)) === keysVersion;
			const rows = payloads.filter(isFresh).map(({ workspaceId, body, signedWith }) => ({
				workspace_id: workspaceId,
				body,
				signed_with: signedWith,
				received_at: now(),
				routed_at: null,
			}));
			if (rows.length > 0) {
				await db.insertInto('payloads').values(rows).execute();
				onCommitted?.(rows.length);
			}
			return payloads.map((payload) => (isFresh(payload) ? 'kept' : 'keys_changed'));
		},
		{ maxItems: maxBatch },
	);

	return {
		accept: (payload) => commits.add(payload),
		isBusy: () => commits.isBusy(),
		idle: () => commits.idle(),
	};
}
