import type { AuditLog } from '../audit/auditLog';
import type { Actor } from './Actor';

/** What was changed, or which secret was given away. Never holds a secret. */
export interface Change {
	/** The slug of the workspace that it is about. */
	readonly workspace?: string | undefined;
	/** Such as `app_keys.saved`. */
	readonly action: string;
	readonly detail?: Readonly<Record<string, string>>;
}

/**
 * Writes into the audit log what was done. Durable once resolved, so that nobody is told of a change
 * before; it is no part of the change's transaction, and one that cannot be written stays made.
 */
export type NoteChange = (by: Actor, change: Change) => Promise<void>;

export function createNoteChange(deps: {
	readonly audit: Pick<AuditLog, 'append'>;
	/** The change was made and could not be written down. */
	onFault(cause: unknown): void;
}): NoteChange {
	return async function noteChange(by, { workspace, action, detail }) {
		const { call, from, keyId } = by;
		try {
			await deps.audit.append({
				actor: by.name,
				workspace,
				action: by.action ?? action,
				detail: {
					...(call !== undefined && { call }),
					...(from !== undefined && { from }),
					...(keyId !== undefined && { key: keyId }),
					...detail,
				},
			});
		} catch (cause) {
			deps.onFault(cause);
		}
	};
}
