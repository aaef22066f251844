import type { AppKeysView } from './appKeyStore';
import type { Connection } from '../xero/connections/connectionRows';
import type { WorkspaceProgress } from './workspaceProgress';

/** One thing on the way from an empty workspace to a running workflow. */
export interface SetupStep {
	readonly name:
		'app_created' | 'keys_saved' | 'connected' | 'handshake' | 'first_event' | 'first_workflow';
	readonly state: 'done' | 'next' | 'later';
	/** When it was done, where that is known; ISO 8601. */
	readonly doneAt: string | null;
}

/** Where a workspace stands. The first step that is open is `next`, those after it come `later`. */
export function setupChecklist(facts: {
	readonly appKeys: AppKeysView | undefined;
	readonly connections: readonly Pick<Connection, 'status'>[];
	readonly progress: WorkspaceProgress;
}): SetupStep[] {
	const { appKeys, connections, progress } = facts;
	const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
	const steps: { name: SetupStep['name']; done: boolean; doneAt?: string | null }[] = [
		// Whoever has keys has made an app, and only its owner can see what is registered there.
		{ name: 'app_created', done: appKeys !== undefined },
		{ name: 'keys_saved', done: appKeys !== undefined },
		{ name: 'connected', done: connections.some(({ status }) => status === 'active') },
		{
			name: 'handshake',
			done: (appKeys?.handshakeAt ?? null) !== null,
			doneAt: appKeys?.handshakeAt ?? null,
		},
		{
			name: 'first_event',
			done: progress.firstEventAt !== null,
			doneAt: iso(progress.firstEventAt),
		},
		{
			name: 'first_workflow',
			done: progress.workflows > 0,
			doneAt: iso(progress.firstDeliveredAt),
		},
	];
	const next = steps.findIndex(({ done }) => !done);
	return steps.map(({ name, done, doneAt = null }, index) => ({
		name,
		state: done ? 'done' : index === next ? 'next' : 'later',
		doneAt,
	}));
}
