import type { INodeProperties } from 'n8n-workflow';

/**
 * How a workflow gets the events of its subscription.
 *
 * @param whileResting when events wait
 */
export function subscriptionOptions(whileResting: string): INodeProperties[] {
	return [
		{
			displayName: 'Include Full Record',
			name: 'hydrate',
			type: 'boolean',
			default: false,
			description:
				'Whether the hub reads the changed record and puts it into the event. Uses a call of the organisation’s daily limit for each burst of changes.',
		},
		{
			displayName: 'While Unpublished',
			name: 'whileUnpublished',
			type: 'options',
			options: [
				{
					name: 'Keep Events',
					value: 'keep',
					description: 'The workflow gets them when it is published again within four days',
				},
				{
					name: 'Drop Events',
					value: 'drop',
					description: 'The workflow starts afresh when it was unpublished for over ten minutes',
				},
			],
			default: 'keep',
			description: `What becomes of events while ${whileResting}`,
		},
	];
}
