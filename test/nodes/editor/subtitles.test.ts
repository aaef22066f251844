import { Workflow, type INodeParameters, type INodeType, type INodeTypes } from 'n8n-workflow';

import { EVENT_TYPES } from '../../../hub-server/protocol';
import { resources } from '../../../nodes/Xero/resources/resources';
import { Xero } from '../../../nodes/Xero/Xero.node';
import { changeOptions } from '../../../nodes/XeroNoWebhookTrigger/changeOptions';
import { XeroNoWebhookTrigger } from '../../../nodes/XeroNoWebhookTrigger/XeroNoWebhookTrigger.node';
import { eventOptions } from '../../../nodes/XeroTrigger/eventOptions';
import { XeroTrigger } from '../../../nodes/XeroTrigger/XeroTrigger.node';

/** What n8n's editor shows below the node's name: it evaluates the subtitle in the same way. */
function subtitleOf(type: INodeType, parameters: INodeParameters): unknown {
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	} satisfies INodeTypes;
	const node = {
		...{ id: 'node', name: 'Node', type: type.description.name, typeVersion: 1 },
		position: [0, 0] satisfies [number, number],
		parameters,
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const shown = workflow.getNode('Node')!;
	return workflow.expression.getSimpleParameterValue(
		shown,
		type.description.subtitle,
		'internal',
		{},
	);
}

describe('the subtitle of the action node', () => {
	const xero = new Xero();
	const operations = Object.values(resources).flatMap(({ value: resource, choices }) =>
		choices.map(({ value: operation, action }) => ({ resource, operation, action })),
	);

	it.each(operations)('$resource: $operation is “$action”', ({ action, ...parameters }) => {
		expect(subtitleOf(xero, parameters)).toBe(action);
	});

	it('is that of the operation which is chosen at first', () => {
		expect(subtitleOf(xero, {})).toBe('Create invoice or bill');
	});
});

describe.each([
	{ trigger: new XeroTrigger(), options: eventOptions },
	{ trigger: new XeroNoWebhookTrigger(), options: changeOptions },
])('the subtitle of $trigger.description.displayName', ({ trigger, options }) => {
	it.each(options)('$value is “$action”', ({ value, action }) => {
		expect(subtitleOf(trigger, { events: [value] as string[] })).toBe(action);
	});

	it('counts events when there are several', () => {
		const events = ['invoice.paid', 'bill.paid'];

		expect(subtitleOf(trigger, { events })).toBe('On invoice paid (2 events)');
	});

	it('says that none is chosen', () => {
		expect(subtitleOf(trigger, { events: [] })).toBe('No event chosen');
	});
});

describe('the list of triggers', () => {
	it('begins with what most workflows begin with, and has every event once', () => {
		const actions = eventOptions.map(({ action }) => action);

		expect(actions.slice(0, 3)).toEqual([
			...['On invoice paid', 'On invoice overdue', 'On invoice authorised'],
		]);
		expect(new Set(actions).size).toBe(EVENT_TYPES.length + 2);
	});

	it('is made by n8n of a field called Events', () => {
		const [field] = new XeroTrigger().description.properties;

		expect(field).toMatchObject({ displayName: 'Events', options: eventOptions });
	});
});
