import { NotFoundError } from '../errors/requestErrors';
import type { AsidePayloads } from '../webhooks/asidePayloads';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** What becomes of payloads that were put aside. */
export interface PayloadChanges {
	/** @param id absent: all of the workspace. @throws NotFoundError */
	routeAgain(by: Actor, workspace: Owner, id?: string): Promise<void>;
	/** @param id absent: all of the workspace. @throws NotFoundError */
	dismiss(by: Actor, workspace: Owner, id?: string): Promise<void>;
}

type Owner = Pick<Workspace, 'id' | 'slug'>;

export function createPayloadChanges(deps: {
	readonly asidePayloads: AsidePayloads;
	readonly noteChange: NoteChange;
}): PayloadChanges {
	const { asidePayloads, noteChange } = deps;

	async function note(
		by: Actor,
		{ slug }: Owner,
		action: string,
		id: string | undefined,
		changed: number,
	): Promise<void> {
		if (id !== undefined && changed === 0) {
			throw new NotFoundError(`The workspace has no payload "${id}" that was put aside.`);
		}
		const detail: Record<string, string> =
			id === undefined ? { payloads: String(changed) } : { payload: id };
		await noteChange(by, { workspace: slug, action, detail });
	}

	return {
		async routeAgain(by, workspace, id) {
			const changed = await asidePayloads.routeAgain(workspace.id, id);
			await note(by, workspace, 'payloads.routed_again', id, changed);
		},
		async dismiss(by, workspace, id) {
			const changed = await asidePayloads.dismiss(workspace.id, id);
			await note(by, workspace, 'payloads.dismissed', id, changed);
		},
	};
}
