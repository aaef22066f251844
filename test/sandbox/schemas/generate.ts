/**
 * Makes the JSON Schemas beside this file from Xero's published OpenAPI files.
 *
 *     node test/sandbox/schemas/generate.ts <folder of Xero-OpenAPI>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

type Schema = Readonly<Record<string, unknown>>;

/** Source file, the file made from it, and the schemas that responses are held against. */
const wanted = [
	{
		source: 'xero_accounting.yaml',
		target: 'accounting.json',
		roots: [
			'Accounts',
			'Actions',
			'Allocations',
			'Attachments',
			'BankTransactions',
			'BankTransfers',
			'BatchPayments',
			'BrandingThemes',
			'Budgets',
			'CISOrgSettings',
			'CISSettings',
			'ContactGroups',
			'Contacts',
			'CreditNotes',
			'Currencies',
			'Error',
			'HistoryRecords',
			'ImportSummaryObject',
			'InvoiceReminders',
			'Invoices',
			'Items',
			'Journals',
			'LinkedTransactions',
			'ManualJournals',
			'OnlineInvoices',
			'Organisations',
			'Overpayments',
			'PaymentServices',
			'Payments',
			'Prepayments',
			'PurchaseOrders',
			'Quotes',
			'RepeatingInvoices',
			'Reports',
			'ReportWithRows',
			'TaxRates',
			'TrackingCategories',
			'TrackingOptions',
			'Users',
		],
	},
	{
		source: 'xero_bankfeeds.yaml',
		target: 'bankfeeds.json',
		roots: ['Error', 'FeedConnection', 'FeedConnections', 'Statement', 'Statements'],
	},
	{ source: 'xero-identity.yaml', target: 'identity.json', roots: ['AccessToken', 'Connection'] },
	{ source: 'xero-webhooks.yaml', target: 'webhooks.json', roots: ['WebhookEvent'] },
] as const;

/** What checks a value; everything else in the source is prose, examples and hints to generators. */
const CHECKING = ['type', 'enum', 'const', 'required', 'maxLength', 'minimum', 'maximum'];
const NESTED = ['oneOf', 'anyOf', 'allOf'];

const folder = process.argv[2];
if (folder === undefined) throw new Error('Say which folder holds the OpenAPI files');
for (const { source, target, roots } of wanted) generate(folder, source, target, roots);

function generate(from: string, source: string, target: string, roots: readonly string[]): void {
	const document = parse(readFileSync(join(from, source), 'utf8')) as {
		readonly info: { readonly version: string };
		readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
	};
	const { schemas } = document.components;
	const definitions: Record<string, Schema> = {};

	const queue = [...roots];
	for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
		if (definitions[name] !== undefined) continue;
		const schema = schemas[name];
		if (schema === undefined) throw new Error(`${source} has no schema ${name}`);
		definitions[name] = convert(schema, (referenced) => queue.push(referenced));
	}

	const sorted = Object.fromEntries(
		Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)),
	);
	const content = {
		$comment: `From ${source} ${document.info.version}; see README.md`,
		$defs: sorted,
	};
	writeFileSync(
		join(dirname(process.argv[1] as string), target),
		`${JSON.stringify(content, null, '\t')}\n`,
	);
}

function convert(schema: Schema, refer: (name: string) => void): Schema {
	const reference = schema['$ref'];
	if (typeof reference === 'string') {
		const name = reference.split('/').at(-1) as string;
		refer(name);
		return { $ref: `#/$defs/${name}` };
	}

	const converted: Record<string, unknown> = {};
	for (const keyword of CHECKING) {
		if (schema[keyword] !== undefined) converted[keyword] = schema[keyword];
	}
	Object.assign(converted, formatOf(schema));
	for (const keyword of NESTED) {
		const members = schema[keyword] as readonly Schema[] | undefined;
		if (members !== undefined) converted[keyword] = members.map((member) => convert(member, refer));
	}
	if (schema['items'] !== undefined) converted['items'] = convert(schema['items'] as Schema, refer);

	const properties = schema['properties'] as Readonly<Record<string, Schema>> | undefined;
	if (properties !== undefined) {
		converted['type'] = 'object';
		converted['properties'] = Object.fromEntries(
			Object.entries(properties).map(([name, member]) => [name, convert(member, refer)]),
		);
		converted['additionalProperties'] = false;
	}
	return converted;
}

/** Dates as Xero really prints them; the source has them as plain strings or as RFC 3339. */
function formatOf(schema: Schema): Schema {
	if (schema['x-is-msdate'] === true || schema['x-is-msdate-time'] === true) {
		return { pattern: '^/Date\\(-?\\d+([+-]\\d{4})?\\)/$' };
	}
	switch (schema['format']) {
		case 'date-time':
			return { pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?$' };
		case 'uuid':
			return {
				pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
			};
		case 'uri':
			return { format: 'uri' };
		default:
			return {};
	}
}
