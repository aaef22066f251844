import type { Request, Response } from 'express';
import { NotFoundError } from '../../errors/requestErrors';
import { SyncOffError } from '../../errors/syncErrors';
import type { DayPlan } from '../../sync/dayPlans';
import type { StreamWithRun } from '../../sync/streamStore';
import type { SyncSide } from '../../sync/SyncSide';
import type { Connection } from '../../xero/connections/connectionRows';
import { pageWorkspace } from '../show/visit';
import type { StreamSituation } from '../views/streamView';
import type { WorkspacePages } from './workspacePages';

export type SyncReachDeps = Pick<WorkspacePages, 'sync' | 'connections' | 'knownRecords' | 'now'>;

/** What the pages of `/w/{slug}/sync/{connection}…` are about. */
export function createSyncReach(pages: SyncReachDeps) {
	const { connections, knownRecords, now } = pages;

	/** @throws SyncOffError */
	function side(): SyncSide {
		if (pages.sync === undefined) throw new SyncOffError();
		return pages.sync;
	}

	const baseOf = (response: Response) => `/w/${pageWorkspace(response).slug}/sync`;

	async function connectionOf(request: Request, response: Response): Promise<Connection> {
		return connections.get(pageWorkspace(response).id, String(request.params['connection']));
	}

	/** @throws NotFoundError for a stream of another organisation */
	async function streamOf(request: Request, connection: Connection): Promise<StreamWithRun> {
		const id = String(request.params['stream']);
		const found = await side().streams.get(connection.workspaceId, id);
		if (found.stream.connectionId !== connection.id) {
			throw new NotFoundError(`The organisation has no sync "${id}".`);
		}
		return found;
	}

	/** What the streams of an organisation are judged by. */
	async function situationOf(
		connection: Connection,
	): Promise<StreamSituation & { readonly dayPlan: DayPlan }> {
		const [dayPlan, records] = await Promise.all([
			side().dayPlanOf(connection.id),
			knownRecords.count(connection.workspaceId, connection.tenantId),
		]);
		return {
			now: now(),
			isOn: connection.enabled && connection.syncs,
			dayPlan,
			records,
			progressOf: ({ stream, lastRun }: StreamWithRun) => side().progressOf(stream, lastRun),
		};
	}

	return { side, baseOf, connectionOf, streamOf, situationOf };
}
