import { Router } from 'express';
import { NotFoundError } from '../../errors/requestErrors';
import { isLinkMark } from '../../links/linkMark';
import type { LinkStore } from '../../links/LinkStore';
import type { KnownRecords } from '../../records/knownRecords';
import type { WorkspaceStore } from '../../workspaces/workspaceStore';
import { seesWorkspace } from '../access/permissions';
import { userOf } from '../show/visit';
import { findRecordPages } from '../views/recordPages';

interface MarkRoutesDeps {
	readonly recordLinks: Pick<LinkStore, 'findMarked'>;
	readonly knownRecords: Pick<KnownRecords, 'knownAmong'>;
	readonly workspaces: Pick<WorkspaceStore, 'find'>;
}

/**
 * `/links/{mark}`: what documents in Xero that the hub has made lead to. Mounted behind the sign-in, and of a
 * workspace that the person may not see it says what it says of a mark that never was.
 */
export function createMarkRoutes(deps: MarkRoutesDeps): Router {
	const { recordLinks, knownRecords, workspaces } = deps;
	const routes = Router();

	routes.get('/links/:mark', async (request, response) => {
		const { mark } = request.params;
		const marked = isLinkMark(mark) ? await recordLinks.findMarked(mark) : [];
		const [first, ...more] = marked.filter(({ workspaceId }) =>
			seesWorkspace(userOf(response), workspaceId),
		);
		if (first === undefined) {
			throw new NotFoundError(
				'No link that you may see has this address. It was removed, or it belongs to a workspace that you were not given. The record in Xero stays as it is.',
			);
		}
		const workspace = await workspaces.find(first.workspaceId);
		const recordPageOf = await findRecordPages(knownRecords, workspace, [first]);
		const { system, entity, externalId } = first;
		const listed = new URLSearchParams({ system, entity, q: externalId });
		// The same record may be in several organisations.
		const page = more.length === 0 ? recordPageOf(first) : undefined;
		response.redirect(303, page ?? `/w/${workspace.slug}/links?${listed}`);
	});
	return routes;
}
