import type { AlertLedger } from '../alerts/alertLedger';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** Ends alerts that say something to be read, and nothing to be mended. */
export interface AlertChanges {
	/** @throws NotFoundError, and ConflictError where the alert ends by itself */
	acknowledge(by: Actor, workspace: Pick<Workspace, 'id' | 'slug'>, id: string): Promise<void>;
}

export function createAlertChanges(deps: {
	readonly alerts: Pick<AlertLedger, 'acknowledge'>;
	readonly noteChange: NoteChange;
}): AlertChanges {
	const { alerts, noteChange } = deps;

	return {
		async acknowledge(by, { id: workspaceId, slug }, id) {
			const { kind } = await alerts.acknowledge(workspaceId, id);
			await noteChange(by, {
				workspace: slug,
				action: 'alert.acknowledged',
				detail: { kind },
			});
		},
	};
}
