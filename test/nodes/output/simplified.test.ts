import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { PresentedKind } from '../../../nodes/Xero/output/presenter';
import type { PayrollKind } from '../../../nodes/Xero/payroll/PayrollKind';
import { flattenReport } from '../../../nodes/Xero/resources/report/flattenReport';
import { repositoryRoot } from '../../support/repositoryRoot';

interface SimplifiedKind {
	readonly name: string;
	readonly idField: string;
	/** In the order in which n8n shows them as columns. */
	readonly members: readonly string[];
}

/** Everything that the files of a folder export; a new kind is among it by itself. */
function exportsOf(folder: string): Array<readonly [string, unknown]> {
	const path = join(repositoryRoot, 'nodes/Xero', folder);
	return readdirSync(path).flatMap((file) =>
		Object.entries(jest.requireActual<Record<string, unknown>>(join(path, file))),
	);
}

const accounting = exportsOf('kinds')
	.filter((one): one is [string, Required<PresentedKind>] => has(one[1], 'simplify'))
	.map(([name, { collection, simplify }]) => ({
		name,
		idField: collection.idField,
		members: Object.keys(simplify({})),
	}));

const payroll = exportsOf('payroll')
	.filter((one): one is [string, PayrollKind] => has(one[1], 'telling'))
	.flatMap(([name, { idField, telling }]) =>
		(['1.0', '2.0'] as const).map((version) => ({
			name: `${name}, ${version}`,
			idField: idField[version],
			members: telling[version],
		})),
	);

function has(value: unknown, member: string): boolean {
	return typeof value === 'object' && value !== null && member in value;
}

/**
 * A name, a number or code that people use, what it says, or the day from which it counts; of what has
 * none of these (linked transactions), its status.
 */
const HUMAN = /(Name|Number|Code|Narration|Description|Reference|StartDate|^Status)$/i;

const isId = (member: string) => /ID$/i.test(member);

it('finds the kinds', () => {
	expect([...accounting, ...payroll].length).toBeGreaterThan(25);
});

describe.each<SimplifiedKind>([...accounting, ...payroll])('simplified: $name', (kind) => {
	const { idField, members } = kind;

	it('begins with what people look for', () => {
		expect(members[0]).toMatch(HUMAN);
	});

	it('ends with ids, its own before those of others', () => {
		const ids = members.filter(isId);

		expect(members.slice(members.length - ids.length)).toEqual(ids);
		// A tax rate is known by its code.
		expect(idField).toBe(ids[0] ?? 'TaxType');
		expect(members).toContain(idField);
	});

	it('has about ten members, each once', () => {
		expect(new Set(members).size).toBe(members.length);
		expect(members.length).toBeLessThanOrEqual(11);
	});
});

const DOCUMENTS = /^(invoice|creditNote|quote|purchaseOrder)Kind$/;
it.each(accounting.filter(({ name }) => DOCUMENTS.test(name)))(
	'simplified: $name begins with number, contact, amount and status',
	({ members }) => {
		const first = members.filter(
			(member) => !/^(AmountDue|RemainingCredit|CurrencyCode)$/.test(member),
		);

		expect(first.slice(0, 4)).toEqual([
			expect.stringMatching(/Number$/),
			'ContactName',
			'Total',
			'Status',
		]);
	},
);

it('a row of a report begins with what it is about, and ends with ids', () => {
	const account = [{ Id: 'account', Value: 'acc-1' }];
	const Cells = [{ Value: 'My Big Bank', Attributes: account }, { Value: '5.00' }];
	const [row = {}] = flattenReport(
		{
			ReportName: 'Balance Sheet',
			ReportDate: '12 April 2019',
			Rows: [
				{ RowType: 'Header', Cells: [{ Value: '' }, { Value: '30 Apr 2019' }] },
				{ RowType: 'Section', Title: 'Bank', Rows: [{ RowType: 'Row', Cells }] },
			],
		},
		false,
	);

	expect(Object.keys(row)).toEqual([
		'section',
		'label',
		'30 Apr 2019',
		'rowType',
		'reportName',
		'reportDate',
		'accountId',
	]);
});
