import { NotFoundError } from '../errors/requestErrors';
import type { Workspace, WorkspaceStore } from '../workspaces/workspaceStore';
import { CommandError } from './CommandError';

/** @throws CommandError `not_found`, which says where the names are */
export async function workspaceNamed(
	workspaces: Pick<WorkspaceStore, 'get'>,
	slug: string,
): Promise<Workspace> {
	try {
		return await workspaces.get(slug);
	} catch (cause) {
		if (!(cause instanceof NotFoundError)) throw cause;
		throw new CommandError(
			cause.code,
			cause.message,
			'xero-hub workspace list names those that are there.',
		);
	}
}
