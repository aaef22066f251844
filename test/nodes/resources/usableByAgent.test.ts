import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	NodePropertyTypes,
} from 'n8n-workflow';

import { resources } from '../../../nodes/Xero/resources/resources';
import type { OperationModule } from '../../../nodes/Xero/operations/OperationModule';
import { Xero } from '../../../nodes/Xero/Xero.node';

interface Operation {
	readonly title: string;
	readonly value: string;
	readonly choice: INodePropertyOptions;
	readonly module: OperationModule;
}

const operations = Object.entries(resources).flatMap(
	([resource, { description, operations: all }]) => {
		const selector = description.find(({ name }) => name === 'operation');
		const choices = (selector?.options ?? []) as INodePropertyOptions[];
		return Object.entries(all).map(([value, module]): Operation => {
			const choice = choices.find((candidate) => candidate.value === value);
			if (choice === undefined) throw new Error(`${resource} has no choice ${value}`);
			return { title: `${resource}: ${value}`, value, choice, module };
		});
	},
);

/** Every property, those inside collections included. */
function all(of: readonly INodeProperties[]): INodeProperties[] {
	return of.flatMap((property) => [
		property,
		...(property.type === 'collection' ? all(property.options as INodeProperties[]) : []),
		...(property.type === 'fixedCollection'
			? (property.options as INodePropertyCollection[]).flatMap(({ values }) => all(values))
			: []),
	]);
}

/** Names that leave nothing to say. */
const SAYS_EVERYTHING = new Set([
	...['Additional Fields', 'Options', 'Filters', 'Field', 'Direction', 'Sort By'],
	...['Address Line 2', 'Address Line 3', 'Address Line 4', 'City', 'Postal Code', 'Country'],
	...['Area Code', 'Country Code', 'First Name', 'Last Name', 'Email'],
]);

/** What a model can write: one value, not a structure of the editor's. */
const FLAT: readonly NodePropertyTypes[] = [
	...(['string', 'number', 'boolean', 'options'] as const),
	...(['dateTime', 'json', 'resourceLocator'] as const),
];

/** Rows that a person lays out; a model fills in their values. */
const LAID_OUT = ['sort', 'queryParameters', 'taxComponents'];

/** Of the operations that are not as they should be. */
function titlesOf(isGood: (operation: Operation) => boolean): string[] {
	return operations.filter((operation) => !isGood(operation)).map(({ title }) => title);
}

describe('for an AI agent', () => {
	it('has operations at all to look at', () => {
		expect(operations.length).toBeGreaterThan(150);
	});

	it('says of each operation what it does', () => {
		// n8n makes the description of a tool from the action.
		expect(
			titlesOf(
				({ choice }) =>
					/^[A-Z].* /.test(choice.action ?? '') && /.{10}/.test(choice.description ?? ''),
			),
		).toEqual([]);
	});

	it('tells operations from each other by their actions', () => {
		const actions = operations.map(({ choice }) => choice.action);

		expect(actions).toEqual([...new Set(actions)]);
	});

	it('says of what deletes and voids that there is no way back', () => {
		const final = operations.filter(({ value }) => /^(delete|void)/.test(value));

		expect(final.length).toBeGreaterThan(10);
		expect(
			final.filter(
				({ choice }) => !/permanently|neither can be undone/i.test(choice.description ?? ''),
			),
		).toEqual([]);
	});

	it('describes each field of each operation', () => {
		const silent = operations.flatMap(({ title, module }) =>
			all(module.description)
				.filter(
					({ displayName, description, hint, type }) =>
						(description ?? hint ?? '') === '' &&
						type !== 'notice' &&
						!SAYS_EVERYTHING.has(displayName),
				)
				.map(({ displayName }) => `${title}: ${displayName}`),
		);

		expect(silent).toEqual([]);
	});

	it('requires nothing that a model cannot fill in', () => {
		const unfillable = operations.flatMap(({ title, module }) =>
			module.description
				.filter(
					({ required, type, noDataExpression }) =>
						required === true && (!FLAT.includes(type) || noDataExpression !== undefined),
				)
				.map(({ name }) => `${title}: ${name}`),
		);

		expect(unfillable).toEqual([]);
	});

	it('takes lists of rows as JSON too', () => {
		expect(
			titlesOf(({ module: { description } }) => {
				const hasRows = description.some(
					({ type, name }) => type === 'fixedCollection' && !LAID_OUT.includes(name),
				);
				return !hasRows || description.some(({ type }) => type === 'json');
			}),
		).toEqual([]);
	});

	it('takes the id of every record that can be picked: n8n puts what a model fills in there', () => {
		const locators = all(new Xero().description.properties).filter(
			({ type }) => type === 'resourceLocator',
		);

		expect(locators.length).toBeGreaterThan(100);
		for (const { name, modes = [] } of locators) {
			expect([name, modes.map((mode) => `${mode.name} ${mode.type}`)]).toEqual([
				name,
				expect.arrayContaining(['id string']),
			]);
		}
	});
});
