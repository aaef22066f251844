import { success } from '../../errors/failure';
import type { OperationModule } from '../../operations/OperationModule';
import { hubEach } from '../../requests/hubEach';
import type { HubFacts } from '../../requests/RequestFacts';
import { linkName, linkPath, needForLinks } from './linkFields';
import { readLink } from './readLink';

export const description: OperationModule['description'] = linkName;

export const hub: HubFacts = {
	method: 'GET',
	path: 'api/v1/links/{tenantId}/{system}/{entity}/{externalId}',
	carries: '1 item',
};

export const execute: OperationModule['execute'] = async (run) =>
	await hubEach(run, {
		need: needForLinks,
		build(item, tenantId) {
			const path = linkPath(run, item, tenantId);
			return path.ok ? success({ method: 'GET', path: path.value }) : path;
		},
		read: readLink,
	});
