import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { byDocument } from '../documents/byDocument';
import { writeLines } from '../documents/lineItems';
import type { LineItemsKind } from '../documents/LineItemsKind';
import { linesToAdd } from '../documents/lineItemsProperties';
import { refuseInput, success, type Outcome } from '../errors/failure';
import type { Field, Members } from '../fields/Field';
import { externalIdField, needsHubNotice, readRequired, systemField } from '../fields/hubFields';
import { pushOptionsField, readPushOptions } from '../fields/pushOptions';
import { writeFields } from '../fields/writeFields';
import { asOwnMembers } from '../fields/writers';
import { pushRecords, type PushWish } from '../requests/pushRecords';
import type { OperationRun } from '../run/OperationRun';
import type { OperationModule } from './OperationModule';

/** A kind of record that is pushed. */
export interface PushedKind {
	/** As the hub names it; several, where the field `entity` chooses among them. */
	readonly entity: string | INodeProperties;
	/** Fields below *Fields*, by name. */
	readonly fields: readonly Field[];
	readonly lines?: LineItemsKind;
	/** Completes the record before it is sent. */
	readonly finish?: (record: Members) => Members;
}

const FROM = { below: 'below', json: 'json' } as const;

const fieldsFromField: INodeProperties = {
	displayName: 'Fields From',
	name: 'fieldsFrom',
	type: 'options',
	options: [
		{ name: 'Fill In Below', value: FROM.below, description: 'Field by field' },
		{
			name: 'Input JSON',
			value: FROM.json,
			description: "Members of the item in Xero's names, such as those of a Set node before",
		},
	],
	default: 'below',
	description: 'How the fields of the record are given. What is left out stays as it is in Xero.',
};

const jsonField: INodeProperties = {
	displayName: 'Fields (JSON)',
	name: 'fieldsJson',
	type: 'json',
	default: '={{ $json }}',
	description:
		'In Xero\'s member names, which begin with a capital; others stay at home. null clears a member. Wherever Xero takes a record, {"externalId": "…"} names one of the same system.',
	displayOptions: { show: { fieldsFrom: [FROM.json] } },
};

/**
 * *Push*: records of another system into Xero, through the hub, which knows by its links which of them are there: made
 * once, changed where they changed, and found again after a lost answer.
 */
export function pushOperation(kind: PushedKind): OperationModule {
	const { entity, fields, lines } = kind;
	const sorted = [...fields].sort((a, b) =>
		a.property.displayName.localeCompare(b.property.displayName),
	);
	const below: INodeProperties[] = [
		{
			displayName: 'Fields',
			name: 'pushFields',
			type: 'collection',
			default: {},
			placeholder: 'Add Field',
			description: 'Fields that are left out stay as they are in Xero',
			options: sorted.map(({ property }) => ({ ...property, required: undefined })),
		},
		...(lines === undefined ? [] : linesToAdd(lines).map(asWhole)),
	];
	const description: OperationModule['description'] = [
		needsHubNotice('pushNotice'),
		systemField,
		...(typeof entity === 'string' ? [] : [entity]),
		externalIdField,
		fieldsFromField,
		jsonField,
		...updateDisplayOptions({ show: { fieldsFrom: [FROM.below] } }, below),
		pushOptionsField,
	];
	return {
		description,
		hub: { method: 'POST', path: 'api/v1/pushes', carries: '500 items' },
		execute: async (run) =>
			await byDocument(
				run,
				{
					// What an item holds besides the document's fields is its line's.
					properties: description.filter(({ name }) => name !== jsonField.name),
					keyField: externalIdField.name,
					keyOf: (item) => readRequired(run, item, externalIdField),
				},
				async (records) => await pushRecords(records, (item) => buildPush(records, item, kind)),
			),
	};
}

/** Lines are one member: those that are given are all that the document has. */
function asWhole(property: INodeProperties): INodeProperties {
	return property.name === 'lineItemsMode'
		? {
				...property,
				description: 'How the lines are given. Lines that are given are all that the document has.',
			}
		: property;
}

function buildPush(run: OperationRun, item: number, kind: PushedKind): Outcome<PushWish> {
	const { entity } = kind;
	const system = readRequired(run, item, systemField);
	if (!system.ok) return system;
	const named = typeof entity === 'string' ? success(entity) : readRequired(run, item, entity);
	if (!named.ok) return named;
	const externalId = readRequired(run, item, externalIdField);
	if (!externalId.ok) return externalId;
	const options = readPushOptions(run, item);
	if (!options.ok) return options;
	const fields =
		run.parameter('fieldsFrom', item, FROM.below) === FROM.json
			? readJson(run, item)
			: readBelow(run, item, kind, options.value.settings.codes !== 'xero');
	if (!fields.ok) return fields;
	const { settings, ...others } = options.value;
	return success({
		...others,
		settings: { system: system.value, entity: named.value, ...settings },
		externalId: externalId.value,
		fields: fields.value,
	});
}

function readBelow(
	run: OperationRun,
	item: number,
	{ fields, lines, finish = (record) => record }: PushedKind,
	hasKeys: boolean,
): Outcome<Members> {
	const members = writeFields(fields, run.parameter('pushFields', item, {}));
	if (!members.ok) return members;
	const written =
		lines === undefined
			? success({})
			: writeLines(lines, (name, fallback) => run.parameter(name, item, fallback), hasKeys);
	if (!written.ok) return written;
	return success(finish({ ...members.value, ...written.value }));
}

/** An item of a workflow has members of its own too, such as the id in the other system. */
function readJson(run: OperationRun, item: number): Outcome<Members> {
	const { name, displayName } = jsonField;
	const members = asOwnMembers(run.parameter(name, item, {}), displayName);
	if (!members.ok) return members;
	const ofXero = Object.entries(members.value).filter(([member]) => /^[A-Z]/.test(member));
	if (ofXero.length > 0) return success(Object.fromEntries(ofXero));
	return refuseInput(
		`${displayName} has no member of Xero's`,
		"Names of Xero's begin with a capital, such as Name or LineItems. A Set node before this one can rename what the other system has.",
	);
}
