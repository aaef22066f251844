import { member } from '../../../../hub-server/protocol/xero';
import { success } from '../../errors/failure';
import type { OperationModule } from '../../operations/OperationModule';
import { hubEach } from '../../requests/hubEach';
import type { HubFacts } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';
import { linkName, linkPath, needForLinks } from './linkFields';

export const description: OperationModule['description'] = linkName;

export const hub: HubFacts = {
	method: 'DELETE',
	path: 'api/v1/links/{tenantId}/{system}/{entity}/{externalId}',
	carries: '1 item',
};

/** A link that is not there is as good as removed. */
export const execute: OperationModule['execute'] = async (run) =>
	await hubEach(run, {
		need: needForLinks,
		build(item, tenantId) {
			const path = linkPath(run, item, tenantId);
			return path.ok ? success({ method: 'DELETE', path: path.value }) : path;
		},
		isFine: ({ status, body }) => status === 404 && member(body, 'code') === NOT_FOUND,
		read: ({ status }) => done({ removed: status !== 404 }),
	});

/** The hub's code for what is not there; an organisation that it does not know has another. */
const NOT_FOUND = 'not_found';
