import type { IDataObject } from 'n8n-workflow';

import type { LinkBody } from '../../../../hub-server/protocol';
import { success, type Outcome } from '../../errors/failure';
import { readRequired } from '../../fields/hubFields';
import { asOwnMembers } from '../../fields/writers';
import type { OperationModule } from '../../operations/OperationModule';
import { hubEach } from '../../requests/hubEach';
import type { HubFacts } from '../../requests/RequestFacts';
import type { OperationRun } from '../../run/OperationRun';
import { linkName, linkPath, needForLinks } from './linkFields';
import { readLink } from './readLink';

const xeroIdField = {
	displayName: 'Xero ID',
	name: 'xeroId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
	description: "Xero's ID of the record; of a tax rate its tax type, such as OUTPUT2",
} as const;

const fieldsField = {
	displayName: 'Fields That the Other System Holds (JSON)',
	name: 'fields',
	type: 'json',
	default: '',
	placeholder: 'e.g. {"Name": "Ridgeway University"}',
	description:
		"What the other system holds now, in Xero's member names. The next push compares with it, and sees who has changed what. Set it at the end of a workflow that brings Xero's changes to the other system.",
} as const;

export const description: OperationModule['description'] = [
	...linkName,
	{ ...xeroIdField },
	{ ...fieldsField },
];

export const hub: HubFacts = {
	method: 'PUT',
	path: 'api/v1/links/{tenantId}/{system}/{entity}/{externalId}',
	carries: '1 item',
};

export const execute: OperationModule['execute'] = async (run) =>
	await hubEach(run, {
		need: needForLinks,
		build(item, tenantId) {
			const path = linkPath(run, item, tenantId);
			if (!path.ok) return path;
			const body = buildLink(run, item);
			if (!body.ok) return body;
			return success({ method: 'PUT', path: path.value, body: JSON.stringify(body.value) });
		},
		read: readLink,
	});

function buildLink(run: OperationRun, item: number): Outcome<LinkBody> {
	const xeroId = readRequired(run, item, xeroIdField);
	if (!xeroId.ok) return xeroId;
	const fields = asOwnMembers(
		run.parameter(fieldsField.name, item, ''),
		fieldsField.displayName,
	) as Outcome<IDataObject>;
	if (!fields.ok) return fields;
	const isGiven = Object.keys(fields.value).length > 0;
	return success({ xeroId: xeroId.value, ...(isGiven ? { fields: fields.value } : {}) });
}
