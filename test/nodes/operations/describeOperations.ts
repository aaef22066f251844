import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { resources } from '../../../nodes/Xero/resources/resources';
import type { OperationModule } from '../../../nodes/Xero/operations/OperationModule';
import type { RequestFacts } from '../../../nodes/Xero/requests/RequestFacts';
import type { Execution } from '../../support/n8nEngine';
import type { LoggedSandboxRequest } from '../../support/sandboxClient';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';
import { ledgerOfSandbox, type Ledger } from './ledgerOfSandbox';
import {
	isRefusal,
	picked,
	UNKNOWN_ID,
	type InputItem,
	type OperationCases,
	type ResourceCases,
} from './OperationCases';

const casesOf = (resource: string): ResourceCases => {
	const file = join(__dirname, `${resource}.cases`);
	if (!existsSync(`${file}.ts`)) return {};
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the file's name is the resource's
	return (require(file) as { readonly cases: ResourceCases }).cases;
};

/**
 * Every operation of the node's table, in n8n's own engine against the sandbox: success, a refusal,
 * an unknown record, and a good beside a refused item under "Continue On Fail". Files named
 * `operations.<n>.test.ts` share the table, so that workers run parts of it side by side.
 *
 * @param testFile the file that calls, and that takes its share of the resources
 */
export function describeOperations(testFile: string): void {
	describe.each(shardOf(testFile))('%s', (resource, { operations: all }) => {
		const operations = Object.fromEntries(
			Object.entries(all).filter(([, { hub }]) => hub === undefined),
		);
		let xero: ConnectedEngine;
		let ledger: Ledger;

		beforeAll(async () => {
			xero = await connectEngine({
				scopes: everyScope,
				app: { tier: 'advanced', bankFeeds: true },
			});
			ledger = ledgerOfSandbox(xero);
		});
		afterAll(async () => {
			await xero.close();
		});

		const cases = casesOf(resource);

		it('has cases for each of its operations that go to Xero, and for no others', () => {
			const file = `${resource}.cases.ts`;
			expect([file, ...Object.keys(cases).sort()]).toEqual([
				file,
				...Object.keys(operations).sort(),
			]);
		});

		it('says why, where one of its operations has no such case', () => {
			const reasons = Object.values(cases)
				.flatMap(({ validationError, notFound, continueOnFail }) => [
					validationError,
					notFound,
					...(continueOnFail === undefined ? [] : [continueOnFail]),
				])
				.flatMap((one) => (isRefusal(one) ? [] : [one.notApplicable]));

			expect(reasons.filter((reason) => reason.split(' ').length <= 3)).toEqual([]);
		});

		const described = Object.entries(cases);
		if (described.length === 0) return;
		describe.each(described)('%s', (operation, given: OperationCases) => {
			const run = async (
				items: readonly InputItem[],
				onError?: 'continueRegularOutput',
			): Promise<{ readonly execution: Execution; readonly prepared: IDataObject }> => {
				const prepared = (await given.prepare?.(ledger)) ?? {};
				return await runWith(
					items.map((item) => ({ item, prepared })),
					onError,
				);
			};
			const runWith = async (
				items: ReadonlyArray<{ readonly item: InputItem; readonly prepared: IDataObject }>,
				onError?: 'continueRegularOutput',
				parameters: INodeParameters = {},
			) => {
				const input: INodeExecutionData[] = items.map(({ item, prepared }) => ({
					json: typeof item === 'function' ? item(prepared) : item,
					...(given.binary === undefined ? {} : { binary: given.binary }),
				}));
				await xero.sandbox.forgetRequests();
				const execution = await xero.engine.run(
					xeroWorkflow({
						parameters: {
							resource,
							operation,
							organisation: ORGANISATION,
							...given.parameters,
							...parameters,
						},
						onError,
					}),
					{ input, mode: given.mode },
				);
				return { execution, prepared: items[0]?.prepared ?? {} };
			};

			it('succeeds, with the request that the documentation names', async () => {
				const { execution, prepared } = await run([given.success.item]);

				expect(execution.error).toBeUndefined();
				const items = execution.itemsOf(XERO_NODE);
				const { output } = given.success;
				expect(items[0]?.json ?? {}).toMatchObject(
					typeof output === 'function' ? output(prepared) : output,
				);
				expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
				const facts = operations[operation]?.request;
				const sent = (await xero.sandbox.requests()).map(({ method, path }) => `${method} ${path}`);
				expect(sent).toEqual(
					facts === undefined
						? []
						: expect.arrayContaining([expect.stringMatching(addressOf(facts))]),
				);
				await given.success.then?.({ items, prepared, ledger });
			});

			const facts = operations[operation]?.request;
			if (facts !== undefined) {
				it(`carries what the documentation says in one request: ${facts.carries}`, async () => {
					const prepare = async () => (await given.prepare?.(ledger)) ?? {};
					const one = await prepare();
					// Items travel together that have the same address.
					const isShared = facts.carries === '50 items' && facts.path.includes('{ID}');
					const other = isShared ? one : await prepare();
					const { item } = given.success;
					await runWith(
						[
							{ item, prepared: one },
							{ item, prepared: other },
						],
						'continueRegularOutput',
						{ returnAll: true },
					);

					expectToCarry(
						facts.carries,
						(await xero.sandbox.requests()).filter(({ method, path }) =>
							addressOf(facts).test(`${method} ${path}`),
						),
					);
				});
			}

			if (facts !== undefined && ['PATCH', 'POST', 'PUT'].includes(facts.method)) {
				it('sends the idempotency key that an item brings', async () => {
					const key = `own-${resource}-${operation}`;
					const prepared = (await given.prepare?.(ledger)) ?? {};
					await runWith([{ item: given.success.item, prepared }], 'continueRegularOutput', {
						writeOptions: { ...(given.parameters['writeOptions'] as object), idempotencyKey: key },
					});

					const sent = (await xero.sandbox.requests()).filter(({ method, path }) =>
						addressOf(facts).test(`${method} ${path}`),
					);
					expect(sent.map(({ idempotencyKey }) => idempotencyKey)).toContain(key);
					expect(optionsOf(operations[operation], 'writeOptions')).toContain('idempotencyKey');
				});
			}

			const simplifying = simplifyOf(operations[operation]);
			if (simplifying !== undefined) {
				it('gives out something else with Simplify than without', async () => {
					const outputs: IDataObject[] = [];
					for (const simplify of [true, false]) {
						const prepared = (await given.prepare?.(ledger)) ?? {};
						const { execution } = await runWith(
							[{ item: given.success.item, prepared }],
							undefined,
							simplifying(given.parameters, simplify),
						);
						expect(execution.error).toBeUndefined();
						outputs.push(execution.itemsOf(XERO_NODE)[0]?.json ?? {});
					}
					const [simple, whole] = outputs.map((output) => Object.keys(output));
					expect(simple).not.toEqual(whole);
				});
			}

			if (operations[operation]?.request?.method === 'DELETE') {
				it('is done when its answer was lost, although the repeat finds nothing', async () => {
					await xero.sandbox.setFaults({ dropAfterCommit: { path: '/', method: 'DELETE' } });

					const { execution, prepared } = await run([given.success.item]);

					expect(execution.error).toBeUndefined();
					const { output } = given.success;
					expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject(
						typeof output === 'function' ? output(prepared) : output,
					);
					const sent = (await xero.sandbox.requests()).filter(({ method }) => method === 'DELETE');
					expect(sent.map(({ dropped }) => dropped)).toEqual([true, false]);
					await xero.sandbox.setFaults({});
				});
			}

			for (const situation of ['validationError', 'notFound'] as const) {
				const refusal = given[situation];
				if (isRefusal(refusal)) {
					it(`stops and says why: ${situation}`, async () => {
						const { execution } = await run([refusal.item]);

						expect(execution.error?.message).toEqual(messageLike(refusal.message));
						expect(execution.error?.itemIndex).toBe(0);
					});
				}
			}

			const refused = [given.validationError, given.notFound].find(isRefusal);
			if (given.continueOnFail === undefined) {
				it('continues on fail: the good item stands beside the refused one', async () => {
					const { execution } = await run(
						[refused?.item ?? unknownOrganisation(given.success.item), given.success.item],
						'continueRegularOutput',
					);

					expect(execution.error).toBeUndefined();
					const [first, ...others] = execution.itemsOf(XERO_NODE);
					expect(first).toMatchObject({
						json: { error: messageLike(refused?.message ?? UNKNOWN_ID) },
						pairedItem: { item: 0 },
					});
					expect(others.map(({ json }) => json['error'])).toEqual(others.map(() => undefined));
					expect(others.map(({ pairedItem }) => pairedItem)).toEqual(
						others.map(() => ({ item: 1 })),
					);
					expect(others.length).toBeGreaterThan(0);
				});
			}
		});
	});
}

/** What is asked of the hub has its own tests: `test/nodes/hub`. */
const WITH_THE_HUB_ALONE = 'link';

/** However many files share the table, each resource is in one of them. */
function shardOf(testFile: string): ReadonlyArray<readonly [string, (typeof resources)[string]]> {
	const files = readdirSync(__dirname).filter((name) => /^operations\.\d+\.test\.ts$/.test(name));
	const share = files.sort().indexOf(basename(testFile));
	if (share === -1) throw new Error(`${testFile} is no share of the operations`);
	return Object.entries(resources)
		.filter(([resource]) => resource !== WITH_THE_HUB_ALONE)
		.filter((_, index) => index % files.length === share);
}

/** Empty for most items: the connection reaches one organisation only. */
const ORGANISATION = picked('={{ $json.organisation ?? "" }}');

/** What is refused where an operation itself refuses nothing. */
function unknownOrganisation(item: InputItem): InputItem {
	return (prepared) => ({
		...(typeof item === 'function' ? item(prepared) : item),
		organisation: UNKNOWN_ID,
	});
}

function messageLike(message: string | RegExp): unknown {
	return typeof message === 'string'
		? expect.stringContaining(message)
		: expect.stringMatching(message);
}

/** `GET /api.xro/2.0/Invoices/…`, any text in place of `{ID}`. */
function addressOf({ method, path }: RequestFacts): RegExp {
	const literal = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+');
	return new RegExp(`^${method} /${literal}$`);
}

/** Names of the options below a collection of an operation. */
function optionsOf(operation: OperationModule | undefined, collection: string): readonly string[] {
	return (operation?.description ?? [])
		.filter(({ name }) => name === collection)
		.flatMap(({ options }) => (options ?? []).map(({ name }) => name));
}

/** Sets *Simplify*, which stands on its own or below options; `undefined` where it is not offered. */
function simplifyOf(
	operation: OperationModule | undefined,
): ((parameters: INodeParameters, simplify: boolean) => INodeParameters) | undefined {
	if (operation?.description.some(({ name }) => name === 'simplify')) {
		return (_parameters, simplify) => ({ simplify });
	}
	const below = ['options', 'writeOptions'].find((collection) =>
		optionsOf(operation, collection).includes('simplify'),
	);
	if (below === undefined) return undefined;
	return (parameters, simplify) => ({
		[below]: { ...(parameters[below] as object | undefined), simplify },
	});
}

/** Holds the requests that two items made at one address against what the operation promises. */
function expectToCarry(
	carries: RequestFacts['carries'],
	requests: readonly LoggedSandboxRequest[],
): void {
	const each = (read: (request: LoggedSandboxRequest) => unknown) => [
		...new Set(requests.map(read)),
	];
	const pageSizes = each(({ query }) => query['pageSize'] ?? query['pagesize']);
	expect(requests).not.toHaveLength(0);
	const mostElements = Math.max(...requests.map(({ elements }) => elements ?? 1));
	switch (carries) {
		case '50 items':
			expect(mostElements).toBe(2);
			return;
		case '1 item':
			expect(mostElements).toBe(1);
			return;
		case '40 ids':
			expect(requests.map(({ query }) => query['IDs']?.split(',').length)).toEqual([2]);
			return;
		case '20 values':
			expect(requests.map(({ query }) => query['where']?.split(' OR ').length)).toEqual([2]);
			return;
		case '1,000 records':
			expect(pageSizes).toEqual(['1000']);
			return;
		case '500 records':
			expect(pageSizes).toEqual(['500']);
			return;
		case '100 records':
			expect(['100', undefined]).toEqual(expect.arrayContaining(pageSizes));
			return;
		case 'the whole list':
			expect(each(({ query }) => query['page'])).toEqual([undefined]);
			return;
	}
}
