/**
 * Makes the sandbox's list of what the members of request bodies hold, from Xero's published OpenAPI file.
 *
 *     node test/sandbox/schemas/generateKinds.ts <folder of Xero-OpenAPI>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type Schema = Readonly<Record<string, unknown>>;

const SOURCE = 'xero_accounting.yaml';
const TARGET = 'hub-server/sandbox/contract/accountingKinds.ts';
/** Their values differ by organisation and grow; Xero refuses them one element at a time. */
const FREE = ['CountryCode', 'CurrencyCode', 'TaxType', 'TimeZone'];

const folder = process.argv[2];
if (folder === undefined) throw new Error('Say which folder holds the OpenAPI files');
const document = parse(readFileSync(join(folder, SOURCE), 'utf8')) as {
	readonly info: { readonly version: string };
	readonly paths: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
	readonly components: {
		readonly requestBodies: Schema;
		readonly schemas: Readonly<Record<string, Schema>>;
	};
};

const kinds: Record<string, Record<string, unknown>> = {};
const bodies = Object.values(document.paths)
	.flatMap((path) => Object.values(path))
	.map(({ requestBody }) => requestBody)
	.concat(document.components.requestBodies)
	.flatMap((body) => JSON.stringify(body ?? {}).match(/schemas\/\w+/g) ?? [])
	.map((reference) => reference.replace('schemas/', ''));
/** A single record may come within its collection too, whatever the file says. */
const queue = [...bodies, ...bodies.flatMap(collectionsOf)];
for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
	const { properties } = document.components.schemas[name] as { readonly properties?: Schema };
	if (kinds[name] !== undefined || properties === undefined) continue;
	kinds[name] = Object.fromEntries(
		Object.entries(properties).map(([member, schema]) => [member, typeOf(schema as Schema)]),
	);
}

function collectionsOf(kind: string): string[] {
	return Object.entries(document.components.schemas)
		.filter(([, { properties }]) => {
			const members = Object.values((properties ?? {}) as Readonly<Record<string, Schema>>);
			const [list] = members.filter(({ type }) => type === 'array');
			return members.length <= 3 && JSON.stringify(list?.['items'] ?? {}).endsWith(`/${kind}"}`);
		})
		.map(([name]) => name);
}

function typeOf(schema: Schema): unknown {
	const reference = schema['$ref'];
	if (typeof reference === 'string') {
		const name = reference.split('/').at(-1) as string;
		const referred = document.components.schemas[name] as Schema;
		if (FREE.includes(name)) return 'text';
		if (referred['properties'] === undefined) return typeOf(referred);
		queue.push(name);
		return { kind: name };
	}
	if (schema['type'] === 'array') return { listOf: typeOf(schema['items'] as Schema) };
	if (Array.isArray(schema['enum'])) return { oneOf: schema['enum'].filter(Boolean) };
	if (schema['x-is-msdate'] === true || schema['x-is-msdate-time'] === true) return 'date';
	if (schema['format'] === 'uuid') return 'guid';
	return { boolean: 'flag', integer: 'number', number: 'number' }[String(schema['type'])] ?? 'text';
}

const sorted = Object.fromEntries(Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(
	TARGET,
	`// From ${SOURCE} ${document.info.version} by test/sandbox/schemas/generateKinds.ts; not written by hand.
import type { Kinds } from './Kind';

/** What the members of the records that the Accounting API takes hold. */
export const accountingKinds: Kinds = ${JSON.stringify(sorted)};
`,
);
