import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import accounting from './schemas/accounting.json';
import identity from './schemas/identity.json';
import bankfeeds from './schemas/bankfeeds.json';
import { envelopeProperties, knownExtras } from './schemas/knownExtras';
import webhooks from './schemas/webhooks.json';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);

const refusal = {
	type: 'object',
	required: ['Type', 'Title', 'Status', 'Detail', 'Instance', 'Extensions'],
	additionalProperties: false,
	properties: {
		Type: { type: 'null' },
		Title: { enum: ['Unauthorized', 'Forbidden'] },
		Status: { enum: [401, 403] },
		Detail: { type: 'string' },
		Instance: { type: 'string', pattern: '^[0-9a-f-]{36}$' },
		Extensions: { type: 'object', maxProperties: 0 },
	},
};

const compiled = new Map<string, ValidateFunction>();

/** The schema for one answer of the sandbox; undefined where Xero's answer has no JSON body. */
export function schemaFor(
	method: string,
	path: string,
	status: number,
): ValidateFunction | undefined {
	if (path.startsWith('/bankfeeds.xro/1.0/')) return bankFeedSchema(method, path, status);
	if (path.startsWith('/_sandbox/') || status === 204 || status === 404 || status >= 500)
		return undefined;
	if (status === 401 || status === 403) return compile('refusal', () => refusal);
	if (path === '/connect/token')
		return status === 200 ? compileFrom('identity', 'AccessToken') : undefined;
	if (path === '/connections')
		return compile('connections', () => ({
			type: 'array',
			items: { $ref: '#/$defs/Connection' },
			...definitions('identity'),
		}));
	if (!path.startsWith('/api.xro/2.0/')) return undefined;

	if (status === 400) return compile('error', errorSchema);
	const collection = collectionOf(path);
	return status === 200 && method !== 'DELETE'
		? compile(collection, () => collectionSchema(collection))
		: undefined;
}

/** The array in an answer: named by the resource, by what stands below a record of it, or by the report. */
function collectionOf(path: string): string {
	const [, , , resource = '', key = '', below = ''] = path.split('/');
	if (resource.toLowerCase() === 'organisation') {
		if (below === 'CISSettings') return 'CISOrgSettings';
		return key === 'Actions' ? 'Actions' : 'Organisations';
	}
	if (resource === 'Setup') return 'ImportSummaryObject';
	if (resource === 'Reports') return key === 'TenNinetyNine' ? 'Reports' : 'ReportWithRows';
	return BELOW_A_RECORD[below] ?? resource;
}

const BELOW_A_RECORD: Readonly<Record<string, string>> = {
	Allocations: 'Allocations',
	Attachments: 'Attachments',
	CISSettings: 'CISSettings',
	Contacts: 'Contacts',
	History: 'HistoryRecords',
	OnlineInvoice: 'OnlineInvoices',
	Options: 'TrackingOptions',
	PaymentServices: 'PaymentServices',
};

/** The schema of a webhook payload with events in it. */
export function webhookSchema(): ValidateFunction {
	return compileFrom('webhooks', 'WebhookEvent');
}

/** Lists and writes have items, an address with an id answers the object itself, refusals a problem. */
function bankFeedSchema(
	method: string,
	path: string,
	status: number,
): ValidateFunction | undefined {
	const [, , , resource = '', id] = path.split('/');
	if (status === 401) return compile('refusal', () => refusal);
	const schema = (name: string) =>
		compile(`bankfeeds ${name}`, () => ({
			...bankFeedDefinitions().$defs[name],
			...bankFeedDefinitions(),
		}));
	const isFeed = resource === 'FeedConnections';
	if (method === 'GET' && id !== undefined && status === 200) {
		return schema(isFeed ? 'FeedConnection' : 'Statement');
	}
	const hasItems = status < 300 || status === 409 || (status === 400 && isFeed && id === undefined);
	return schema(hasItems && status !== 404 ? (isFeed ? 'FeedConnections' : 'Statements') : 'Error');
}

/** As the examples have it: Xero sends amounts of balances, and the count of lines, as text. */
function bankFeedDefinitions(): { readonly $defs: Readonly<Record<string, Definition>> } {
	const { $defs } = definitions('bankfeeds');
	const amount = { type: 'string', pattern: '^\\d+\\.\\d{4}$' };
	const withProperty = (name: string, property: string, schema: object) => ({
		[name]: {
			...$defs[name],
			properties: { ...$defs[name]?.properties, [property]: schema },
		},
	});
	return {
		$defs: {
			...$defs,
			...withProperty('StartBalance', 'amount', amount),
			...withProperty('EndBalance', 'amount', amount),
			...withProperty('Statement', 'statementLineCount', { type: 'string', pattern: '^\\d+$' }),
		},
	};
}

type Source = 'accounting' | 'bankfeeds' | 'identity' | 'webhooks';
type Definition = { readonly properties?: Readonly<Record<string, unknown>> };

function definitions(source: Source): { readonly $defs: Readonly<Record<string, Definition>> } {
	const sources = { accounting, bankfeeds, identity, webhooks } as const;
	const listed = sources[source].$defs as unknown as Readonly<Record<string, Definition>>;
	return {
		$defs: Object.fromEntries(
			Object.entries(listed).map(([name, schema]) => [
				name,
				withExtras(schema, knownExtras[name] ?? []),
			]),
		),
	};
}

function withExtras(schema: Definition, extras: readonly string[]): Definition {
	if (extras.length === 0) return schema;
	const added = Object.fromEntries(extras.map((name) => [name, {}]));
	return { ...schema, properties: { ...schema.properties, ...added } };
}

function collectionSchema(collection: string): object {
	const { $defs } = definitions('accounting');
	const schema = $defs[collection];
	if (schema === undefined) throw new Error(`No schema for ${collection}: add it to generate.ts`);
	const [array = collection] = Object.keys(schema.properties ?? {}).filter(
		(name) => !['pagination', 'Warnings', 'SummarizeErrors'].includes(name),
	);
	return {
		...schema,
		required: [...Object.keys(envelopeProperties), array],
		properties: {
			...schema.properties,
			...envelopeProperties,
			// Of one budget the source's schema has a list, and its example an object.
			...(collection === 'Budgets' && {
				Budgets: { anyOf: [schema.properties?.['Budgets'], { $ref: '#/$defs/Budget' }] },
			}),
		},
		$defs,
	};
}

/** The elements of an error are the request's own, so only what the schema lists is checked. */
function errorSchema(): object {
	const { $defs } = definitions('accounting');
	return {
		...$defs['Error'],
		required: ['ErrorNumber', 'Type', 'Message'],
		$defs: { ...$defs, Element: { ...$defs['Element'], additionalProperties: true } },
	};
}

function compileFrom(source: Source, name: string): ValidateFunction {
	return compile(`${source} ${name}`, () => ({
		...definitions(source).$defs[name],
		...definitions(source),
	}));
}

function compile(key: string, schema: () => object): ValidateFunction {
	const known = compiled.get(key) ?? ajv.compile(schema());
	compiled.set(key, known);
	return known;
}
