import type { INodeProperties } from 'n8n-workflow';

import type { PushBody } from '../../../hub-server/protocol';
import { refuseInput, success, type Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';
import { isBlank } from '../values/isBlank';
import { instantOf } from '../values/modifiedSince';

/** Long enough for a full push of new records at Xero's pace. */
const WAIT_SECONDS = 300;

/** Nobody waits longer in a workflow than an hour. */
const LONGEST_WAIT_SECONDS = 3_600;

export interface PushOptionsRead {
	readonly settings: Omit<PushBody, 'tenantId' | 'system' | 'entity' | 'records'>;
	readonly modifiedAt?: string;
	readonly waitSeconds: number;
	readonly givesOutRefused: boolean;
}

export const pushOptionsField: INodeProperties = {
	displayName: 'Options',
	name: 'pushOptions',
	type: 'collection',
	default: {},
	placeholder: 'Add Option',
	options: [
		{
			displayName: 'Codes',
			name: 'codes',
			type: 'options',
			options: [
				{
					name: "The Other System's",
					value: 'mapped',
					description:
						"Accounts, tax rates, items and tracking are looked up on the hub's Mapping page",
				},
				{ name: "Xero's", value: 'xero', description: 'They go to Xero as they are' },
			],
			default: 'mapped',
			description: 'Whose codes the record has',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: true,
			description: 'Whether to only say what would be sent, with the totals that Xero will compute',
		},
		{
			displayName: 'Match By',
			name: 'matchBy',
			type: 'string',
			default: '',
			placeholder: 'e.g. EmailAddress',
			description:
				'Members by which a record without a link is looked for in Xero before it is made, separated by commas',
		},
		{
			displayName: 'Mode',
			name: 'mode',
			type: 'options',
			options: [
				{
					name: 'Create Only',
					value: 'create',
					description: 'Records that are in Xero are skipped',
				},
				{ name: 'Create or Update', value: 'upsert' },
				{
					name: 'Update Only',
					value: 'update',
					description: 'Records that are not in Xero are skipped',
				},
			],
			default: 'upsert',
			description: 'What may be done',
		},
		{
			displayName: 'Modified At',
			name: 'modifiedAt',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.updatedAt }}',
			description: 'When the record was changed in the other system; the policy Latest needs it',
		},
		{
			displayName: 'On Unmapped, Conflict or Failed',
			name: 'onRefused',
			type: 'options',
			options: [
				{
					name: 'Fail the Item',
					value: 'fail',
					description: "As an error with Xero's words and what to do next",
				},
				{ name: 'Output the State', value: 'output', description: 'As an item like all others' },
			],
			default: 'fail',
			description: 'What becomes of an item whose record could not be brought to Xero',
		},
		{
			displayName: 'Policy',
			name: 'policy',
			type: 'options',
			options: [
				{ name: 'Ask', value: 'ask', description: 'A person decides, in the portal' },
				{ name: 'Latest', value: 'latest', description: 'The later change counts' },
				{ name: 'The Other System', value: 'external', description: 'Its value counts' },
				{ name: 'Xero', value: 'xero', description: "Xero's value counts" },
			],
			default: 'ask',
			description:
				'Whose value counts where both sides have changed one field since they last agreed',
		},
		{
			displayName: 'Rounding',
			name: 'rounding',
			type: 'options',
			options: [
				{ name: 'Add a Rounding Line', value: 'line' },
				{ name: 'Adjust the Tax of a Line', value: 'tax' },
				{ name: 'Refuse', value: 'refuse' },
				{ name: 'Warn', value: 'warn' },
			],
			default: 'warn',
			description: "What is done where Xero's total differs by cents from the other system's",
		},
		{
			displayName: 'Wait Up To (Seconds)',
			name: 'waitSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: LONGEST_WAIT_SECONDS },
			default: WAIT_SECONDS,
			description:
				'How long to wait until the record is in Xero. After that the item comes out as pending, and the hub goes on by itself.',
		},
	],
};

export function readPushOptions(run: OperationRun, item: number): Outcome<PushOptionsRead> {
	const given = run.parameter(pushOptionsField.name, item, {}) as Readonly<Record<string, unknown>>;
	const modifiedAt = readModifiedAt(given.modifiedAt, run.timeZone);
	if (!modifiedAt.ok) return modifiedAt;
	const seconds = isBlank(given.waitSeconds) ? WAIT_SECONDS : Number(given.waitSeconds);
	if (!(seconds >= 0 && seconds <= LONGEST_WAIT_SECONDS)) {
		return refuseInput(
			`Wait Up To is no number of seconds from 0 to ${LONGEST_WAIT_SECONDS}: ${JSON.stringify(given.waitSeconds)}`,
		);
	}
	const matchBy = String(given.matchBy ?? '')
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
	const chosen = ['codes', 'mode', 'policy', 'rounding'].flatMap((name) =>
		isBlank(given[name]) ? [] : [[name, given[name]] as const],
	);
	return success({
		settings: {
			...Object.fromEntries(chosen),
			...(matchBy.length === 0 ? {} : { matchBy }),
			...(given.dryRun === true ? { dryRun: true } : {}),
		},
		...(modifiedAt.value === undefined ? {} : { modifiedAt: modifiedAt.value }),
		waitSeconds: seconds,
		givesOutRefused: given.onRefused === 'output',
	});
}

function readModifiedAt(value: unknown, timeZone: string): Outcome<string | undefined> {
	if (isBlank(value)) return success(undefined);
	const instant = instantOf(value, timeZone);
	return instant === undefined
		? refuseInput(
				`Modified At is not a date and time: ${JSON.stringify(value)}`,
				'Write it as ISO 8601, such as 2026-11-30T09:00:00Z.',
			)
		: success(new Date(instant).toISOString());
}
