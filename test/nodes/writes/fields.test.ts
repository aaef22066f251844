import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { resources } from '../../../nodes/Xero/resources/resources';
import { readXeroDates } from '../../../nodes/Xero/values/xeroDates';
import { ledgerOfSandbox, type Ledger } from '../operations/ledgerOfSandbox';
import type { ResourceCases } from '../operations/OperationCases';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { XERO_NODE, xeroNode, xeroWorkflow } from '../support/xeroWorkflow';
import { hasMember, samplesOf, type Pickable } from './writtenFields';

let xero: ConnectedEngine;
let ledger: Ledger;
beforeAll(async () => {
	xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
	ledger = ledgerOfSandbox(xero);
});
afterAll(async () => {
	await xero.close();
});

const COLLECTIONS = ['additionalFields', 'updateFields'];

const fields = Object.entries(resources).flatMap(([resource, { operations }]) =>
	Object.entries(operations)
		.filter(([operation, { request }]) => {
			const writes = request !== undefined && ['POST', 'PUT'].includes(request.method);
			return (
				writes && ['create', 'update'].includes(operation) && request.path.startsWith('api.xro')
			);
		})
		.flatMap(([operation, { description, request }]) =>
			description
				.filter(({ name }) => COLLECTIONS.includes(name))
				.flatMap(({ name: collection, options }) =>
					(options as INodeProperties[]).map((property) => ({
						resource,
						operation,
						collection,
						property,
						name: property.name,
						path: (request?.path ?? '').replace('api.xro/2.0/', '').replace('/{ID}', ''),
					})),
				),
		),
);

describe.each(fields)(
	'$resource: $operation with $name',
	({ resource, operation, collection, property, name, path }) => {
		it('is in the record that Xero keeps', async () => {
			const { parameters, prepare, success } = casesOf(resource)[operation] ?? {};
			expect(success).toBeDefined();
			for (const { value, stored, beside, with: needed } of samplesOf(
				{ resource, operation },
				property,
				await pickable(),
			)) {
				const prepared = (await prepare?.(ledger)) ?? {};
				const given = parameters?.[collection] as object | undefined;
				const execution = await xero.engine.run(
					xeroWorkflow({
						parameters: {
							resource,
							operation,
							...parameters,
							...needed,
							[collection]: { ...given, ...beside, [name]: value },
						},
					}),
					{
						input: [
							{
								json:
									typeof success?.item === 'function'
										? success.item(prepared)
										: (success?.item ?? {}),
							},
						],
					},
				);

				expect(execution.error).toBeUndefined();
				const record = await keptRecord(path, execution.itemsOf(XERO_NODE)[0]?.json ?? {});
				for (const [member, expected] of stored) {
					const isKept = hasMember(record, member, expected);
					expect([member, expected, isKept]).toEqual([member, expected, true]);
				}
			}
		});
	},
);

/** What a later read shows, not what the write answered. */
async function keptRecord(path: string, answered: IDataObject): Promise<IDataObject> {
	if (path.includes('/Options')) {
		return { Categories: await ledger.get('TrackingCategories?includeArchived=true') };
	}
	const id = IDS.map((field) => answered[field]).find((value) => value !== undefined);
	const [record] = await ledger.get(`${path}/${String(id)}?unitdp=4`);
	return readXeroDates(record ?? {});
}

/** Of the records that are written here, the most particular first. */
const IDS = [
	'LinkedTransactionID',
	'BatchPaymentID',
	'PaymentID',
	'BankTransferID',
	'BankTransactionID',
	'RepeatingInvoiceID',
	'PurchaseOrderID',
	'CreditNoteID',
	'QuoteID',
	'ManualJournalID',
	'InvoiceID',
	'ItemID',
	'TrackingCategoryID',
	'ContactGroupID',
	'AccountID',
	'ContactID',
	'TaxType',
];

function casesOf(resource: string): ResourceCases {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the file's name is the resource's
	return (require(`../operations/${resource}.cases`) as { readonly cases: ResourceCases }).cases;
}

let known: Promise<Pickable> | undefined;
/** The last of each list: the first may be what a record has anyway. */
async function pickable(): Promise<Pickable> {
	known ??= (async () => {
		const methods = [
			'searchAccounts',
			'searchBankAccounts',
			'searchBrandingThemes',
			'searchContacts',
			'searchCurrencies',
			'searchTaxRates',
			'searchTrackingOptions',
		];
		const entries = methods.map(async (method) => {
			const { results } = await xero.engine.pick(xeroNode({ authentication: 'oAuth2' }), method);
			return [method, String(results.at(-1)?.value)] as const;
		});
		return Object.fromEntries(await Promise.all(entries));
	})();
	return await known;
}
