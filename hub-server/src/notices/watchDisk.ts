import type { Kysely } from 'kysely';
import { endAlert } from '../alerts/endAlert';
import { HUB, raiseAlert } from '../alerts/raiseAlert';
import type { Tables } from '../database/tables';

export const DISK_FILLING = 'disk_filling';

const GIB = 1024 ** 3;

/** A hub that is not ready at 50 MB has days until then. */
const LOW_BYTES = GIB;

/** Well above, so that it does not come and go. */
const CALM_BYTES = 1.25 * GIB;

/** @param freeBytes of the disk that holds the ledger. @param now epoch milliseconds */
export async function watchDisk(db: Kysely<Tables>, freeBytes: number, now: number): Promise<void> {
	if (freeBytes >= CALM_BYTES) {
		await endAlert(db, { kind: DISK_FILLING }, now);
	} else if (freeBytes < LOW_BYTES) {
		const megabytes = Math.round(freeBytes / 1024 ** 2);
		const message =
			`The disk of the hub has ${megabytes} MB left. Without room no webhook of Xero's can be taken. Make ` +
			'room, or keep history for fewer days (HUB_KEEP_PAYLOAD_DAYS, HUB_KEEP_EVENT_DAYS).';
		const workspaces = await db.selectFrom('workspaces').select('id').execute();
		for (const { id: workspaceId } of workspaces) {
			await raiseAlert(db, { workspaceId, kind: DISK_FILLING, subject: HUB, message }, now);
		}
	}
}
