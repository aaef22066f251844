import { createAlertLedger } from '../../alerts/alertLedger';
import type { Clock } from '../../clock';
import type { Database } from '../../database/openDatabase';
import { createWorkspaceStore } from '../../workspaces/workspaceStore';
import { warning, type Finding } from './Finding';

/** What a restored ledger does not know, until somebody of each workspace has read it. */
export async function checkRestored(
	{ db }: Pick<Database, 'db'>,
	now: Clock,
): Promise<readonly Finding[]> {
	const alerts = createAlertLedger({ db, now });
	const findings: Finding[] = [];
	for (const { id, slug } of await createWorkspaceStore({ db, now }).list()) {
		for (const { id: alert, kind, message } of await alerts.listOpen(id)) {
			if (kind !== 'restored_from_backup') continue;
			const todo = `Then press "I have read this" in the portal, or POST /api/v1/alerts/${alert}/acknowledge.`;
			findings.push(warning(`${slug}: restored`, message, todo));
		}
	}
	return findings;
}
