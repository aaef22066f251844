import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { pairedItems, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const picked = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const text = '={{ $json.text }}';

interface Use {
	readonly resource: string;
	readonly idField: string;
	/** The member that has the text. */
	readonly member: string;
	readonly create: INodeParameters;
	readonly find: INodeParameters;
	/** Whether it finds what has the text anywhere. */
	readonly isSearch?: boolean;
}

const contact = { resource: 'contact', idField: 'ContactID', member: 'Name' };
const invoice = { resource: 'invoice', idField: 'InvoiceID', member: 'Reference' };
const newInvoice: INodeParameters = {
	operation: 'create',
	type: 'ACCREC',
	contact: picked('Ridgeway University', 'name'),
	additionalFields: { reference: text },
};
const uses: Record<string, Use> = {
	'the name of a contact, filtered by': {
		...contact,
		create: { operation: 'create', name: text },
		find: { operation: 'getAll', simplify: false, filters: { name: text } },
	},
	'the name of a contact, found or created by': {
		...contact,
		create: { operation: 'create', name: text },
		find: { operation: 'findOrCreate', findBy: 'name', name: text },
	},
	'the name of a contact, searched for': {
		...contact,
		isSearch: true,
		create: { operation: 'create', name: text },
		find: { operation: 'getAll', simplify: false, filters: { searchTerm: text } },
	},
	'the reference of an invoice, filtered by': {
		...invoice,
		create: newInvoice,
		find: { operation: 'getAll', simplify: false, filters: { reference: text } },
	},
	'the reference of an invoice, searched for': {
		...invoice,
		isSearch: true,
		create: newInvoice,
		find: { operation: 'getAll', simplify: false, filters: { searchTerm: text } },
	},
};

/** What means something to JSON, to addresses, to Xero's filters or to expressions. */
const signs = fc.constantFrom(
	...['"', '""', "'", '\\', '\\"', '\\\\', '%', '%22', '&', '+', '#', '?', '=', '{{ 1 }}', '$json'],
	...['" OR 1==1 OR "', '==', ')', '(', '/', '..', ';', ',', '<', '>', '*', '|', '`'],
	...['\n', '\r\n', '\t', '\0', '\u0007', '\u001f', '\u007f', '\u0085', '\u2028', '\uFEFF'],
	...[
		'é',
		'e\u0301',
		'ß',
		'ẞ',
		'İ',
		'ﬁ',
		'😀',
		'👩‍👧',
		'\ud83d',
		'\udc00',
		'漢',
		'ا',
		' ',
		'  ',
		'\u00a0',
	],
);
const anyText = fc
	.oneof(
		{
			weight: 4,
			arbitrary: fc.array(signs, { minLength: 1, maxLength: 6 }).map((all) => all.join('')),
		},
		{
			weight: 3,
			arbitrary: fc
				.array(fc.oneof(signs, fc.string()), { maxLength: 6 })
				.map((all) => `a${all.join('')}z`),
		},
		{ weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }) },
		{
			weight: 1,
			arbitrary: fc
				.tuple(signs, fc.integer({ min: 100, max: 4_000 }))
				.map(([one, length]) => one.repeat(length).slice(0, length)),
		},
	)
	// A blank is no text: it is not sent, and no filter.
	.filter((one) => one.trim() !== '');

/** As UTF-8 carries a text and Xero compares it: without regard to case and to blanks around and repeated. */
const asCompared = (value: unknown) =>
	Buffer.from(String(value ?? ''), 'utf8')
		.toString('utf8')
		.trim()
		.replace(/\s+/g, ' ')
		.toLowerCase();

describe('any text', () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine();
	});
	afterAll(() => xero.close());

	/** What came out for each text. */
	async function run(parameters: INodeParameters, texts: readonly string[]) {
		const execution = await xero.engine.run(
			xeroWorkflow({
				parameters: { returnAll: true, ...parameters },
				onError: 'continueRegularOutput',
			}),
			{ input: texts.map((one) => ({ json: { text: one } })) },
		);
		expect(execution.error).toBeUndefined();
		const items = execution.itemsOf(XERO_NODE);
		const sources = pairedItems(items);
		return texts.map((_, item) =>
			items.filter((__, index) => sources[index] === item).map(({ json }) => json),
		);
	}

	const refusalOf = ([first]: readonly IDataObject[]) => first?.['error'] as string | undefined;
	/** Words of a person's or of Xero's, not of JavaScript's. */
	const expectWords = (refusal: string) => {
		expect(refusal).toMatch(/\w+ \w+ \w+/);
		expect(refusal).not.toMatch(/malformed|undefined|\[object|TypeError|is not a function|JSON at/);
	};

	it.each(Object.entries(uses))(
		'finds what was created, or is refused with words: %s',
		async (_name, { resource, idField, member, create, find, isSearch = false }) => {
			await fc.assert(
				fc.asyncProperty(fc.array(anyText, { minLength: 10, maxLength: 20 }), async (texts) => {
					const created = await run({ resource, ...create }, texts);
					const found = await run({ resource, ...find }, texts);

					// Most texts are none that is refused.
					const taken = texts.filter((_, item) => refusalOf(found[item] ?? []) === undefined);
					expect(taken.length).toBeGreaterThan(texts.length / 2);
					texts.forEach((one, item) => {
						const [made, hits] = [created[item] ?? [], found[item] ?? []];
						const refusals = [refusalOf(made), refusalOf(hits)];
						for (const refusal of refusals) {
							if (refusal !== undefined) expectWords(refusal);
						}
						if (refusals[1] !== undefined) return;
						const wrong = hits.filter(({ [member]: value }) =>
							isSearch
								? !asCompared(value).includes(asCompared(one))
								: asCompared(value) !== asCompared(one),
						);
						expect({ text: one, wrong }).toEqual({ text: one, wrong: [] });
						if (refusals[0] !== undefined) return;
						const id = made[0]?.[idField];
						expect({ text: one, ids: hits.map((hit) => hit[idField]) }).toEqual({
							text: one,
							ids: expect.arrayContaining([id]) as unknown,
						});
					});
				}),
				{ numRuns: 2, endOnFailure: true },
			);
		},
	);
});
