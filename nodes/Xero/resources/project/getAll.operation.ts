import { success } from '../../errors/failure';
import { contactLocator } from '../../fields/contactLocator';
import { limitField, returnAllField } from '../../fields/readOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { PROJECTS_PATH, PROJECTS_SCOPE } from '../../requests/projectsApi';
import { readItemPages } from '../../requests/readItemPages';
import { listOf } from '../../requests/RequestFacts';
import { locatorValue } from '../../values/locatorValue';
import { parseXeroId } from '../../values/xeroId';

export const description: OperationModule['description'] = [
	returnAllField,
	limitField,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		default: {},
		placeholder: 'Add Filter',
		options: [
			contactLocator.field('Only projects of this contact'),
			{
				displayName: 'State',
				name: 'states',
				type: 'options',
				options: [
					{ name: 'Closed', value: 'CLOSED' },
					{ name: 'In Progress', value: 'INPROGRESS' },
				],
				default: 'INPROGRESS',
				description: 'Only projects in this state',
			},
		],
	},
];

export const request = listOf(PROJECTS_PATH, PROJECTS_SCOPE, '500 records');

export const execute: OperationModule['execute'] = async (run) =>
	await readItemPages(run, {
		path: PROJECTS_PATH,
		scope: PROJECTS_SCOPE,
		pageSize: ['pageSize', 500],
		query(item) {
			const filters = run.parameter('filters', item, {}) as { contact?: unknown; states?: unknown };
			const states: Readonly<Record<string, string>> =
				filters.states === undefined ? {} : { states: String(filters.states) };
			const contact = locatorValue(filters.contact).value;
			if (contact === '') return success(states);
			const id = parseXeroId(contact, 'Contact');
			return id.ok ? success({ ...states, contactID: id.value }) : id;
		},
	});
