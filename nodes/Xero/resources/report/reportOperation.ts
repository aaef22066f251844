import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { success, type Outcome } from '../../errors/failure';
import type { Field } from '../../fields/Field';
import { flattenField } from '../../fields/readOptions';
import { writeFields } from '../../fields/writeFields';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { readCollection } from '../../requests/readCollection';
import { singleCall } from '../../requests/RequestFacts';
import { done, failed } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';
import { readXeroDates } from '../../values/xeroDates';
import { flattenReport } from './flattenReport';

export interface ReportKind {
	/** Below `Reports`, such as `/BalanceSheet`; a field may add to it. */
	readonly path: string;
	/** Each report has a scope of its own. */
	readonly scope: string;
	/** Fields that stand on their own, the required ones first; each writes query parameters. */
	readonly own: readonly Field[];
	/** Fields below *Options*. */
	readonly more?: readonly Field[];
	/** What comes out with *Simplify* on; the report's rows when absent. */
	readonly flatten?: (report: IDataObject, amountsAsText: boolean) => IDataObject[];
}

const REPORTS = 'api.xro/2.0/Reports';

const amountsAsTextField: INodeProperties = {
	displayName: 'Amounts as Text',
	name: 'amountsAsText',
	type: 'boolean',
	default: false,
	description:
		'Whether to leave amounts as text, digit for digit. Otherwise they are numbers, except where a number could not hold every digit.',
};

/** One report of Xero's: an item for each of its rows, or the report as Xero sends it. */
export function reportOperation(kind: ReportKind): OperationModule {
	const { own, more = [], scope, flatten = flattenReport } = kind;
	return {
		description: [
			...own.map(({ property }) => property),
			flattenField,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				placeholder: 'Add Option',
				options: [amountsAsTextField, ...more.map(({ property }) => property)].sort((a, b) =>
					a.displayName.localeCompare(b.displayName),
				),
			},
		],
		request: singleCall('GET', `${REPORTS}${kind.path}`, scope),
		execute: async (run) =>
			await callEach(run, {
				effect: 'read',
				scope,
				build(item) {
					const parameters = parametersOf(run, kind, item);
					if (!parameters.ok) return parameters;
					const { ID, ...query } = parameters.value;
					const path = `${REPORTS}${kind.path.replace('{ID}', encodeURIComponent(ID ?? ''))}`;
					return success({ method: 'GET', path, query });
				},
				read(answer, item) {
					const reports = readCollection(answer, 'Reports')?.records;
					if (reports === undefined) return failed(NO_REPORT);
					if (run.parameter('simplify', item, true) !== true) return done(...reports);
					const { amountsAsText } = run.parameter('options', item, {}) as {
						amountsAsText?: unknown;
					};
					return done(
						...reports.flatMap((report) => flatten(readXeroDates(report), amountsAsText === true)),
					);
				},
			}),
	};
}

const NO_REPORT = {
	kind: 'api',
	message: 'Xero answered without a report',
	description: 'Run the node again in a few minutes.',
} as const;

/** Query parameters, and `ID` for the address. */
function parametersOf(
	run: OperationRun,
	{ own, more = [] }: ReportKind,
	item: number,
): Outcome<Readonly<Record<string, string>>> {
	const values = Object.fromEntries(
		own.map(({ property: { name, default: fallback } }) => [
			name,
			run.parameter(name, item, fallback),
		]),
	);
	const main = writeFields(own, values);
	if (!main.ok) return main;
	const others = writeFields(more, run.parameter('options', item, {}));
	if (!others.ok) return others;
	const all = Object.entries({ ...main.value, ...others.value });
	return success(Object.fromEntries(all.map(([name, value]) => [name, String(value)])));
}
