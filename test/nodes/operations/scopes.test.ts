import { resources } from '../../../nodes/Xero/resources/resources';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';
import { ledgerOfSandbox, type Ledger } from './ledgerOfSandbox';
import type { ResourceCases } from './OperationCases';

const app = { tier: 'advanced', bankFeeds: true } as const;

const operations = Object.entries(resources).flatMap(([resource, module]) =>
	Object.entries(module.operations).flatMap(([operation, { request }]) =>
		request?.scope === undefined ? [] : [{ resource, operation, request, scope: request.scope }],
	),
);
const areas = [...new Set(operations.map(({ scope }) => scope.replace(/\.read$/, '')))].sort();
const isOf = (area: string) => (scope: string) => scope === area || scope === `${area}.read`;

interface Limited {
	readonly xero: ConnectedEngine;
	/** Prepares records with every scope, as another app: scopes of one app add up. */
	readonly ledger: Ledger;
}

async function connectWith(scopes: readonly string[]): Promise<Limited> {
	const xero = await connectEngine({ scopes, app });
	const tokens = await xero.sandbox.authorise(await xero.sandbox.createApp(app), {
		organisations: [xero.tenantId],
		scopes: everyScope,
	});
	return { xero, ledger: ledgerOfSandbox({ ...xero, tokens }) };
}

/** Runs the operation as its own case does. */
async function run({ xero, ledger }: Limited, resource: string, operation: string) {
	const { parameters, prepare, success, binary, mode } = casesOf(resource)[operation] ?? {};
	const prepared = (await prepare?.(ledger)) ?? {};
	const json = typeof success?.item === 'function' ? success.item(prepared) : success?.item;
	return await xero.engine.run(
		xeroWorkflow({ parameters: { resource, operation, ...parameters } }),
		{ input: [{ json: json ?? {}, ...(binary === undefined ? {} : { binary }) }], mode },
	);
}

function casesOf(resource: string): ResourceCases {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the file's name is the resource's
	return (require(`./${resource}.cases`) as { readonly cases: ResourceCases }).cases;
}

/** Xero opens items with the scope of invoices too, which the credential's words say. */
const OTHERS: Readonly<Record<string, readonly string[]>> = { item: ['accounting.invoices'] };
const kinds = [
	...areas.map((area) => ({
		area,
		without: [area],
		resources: (name: string) => !(name in OTHERS),
	})),
	...Object.entries(OTHERS).map(([resource, others]) => ({
		area: 'accounting.settings',
		without: ['accounting.settings', ...others],
		resources: (name: string) => name === resource,
	})),
];

describe.each(kinds)('a connection without $without', ({ area, without, resources: isMeant }) => {
	let limited: Limited;
	beforeAll(async () => {
		const scopes = everyScope.filter((scope) => !without.some((area) => isOf(area)(scope)));
		limited = await connectWith(scopes);
	});
	afterAll(async () => {
		await limited.xero.close();
	});

	it.each(operations.filter(({ resource, scope }) => isOf(area)(scope) && isMeant(resource)))(
		'is told so by $resource: $operation',
		async ({ resource, operation }) => {
			const { error } = await run(limited, resource, operation);

			expect(error?.message).toContain(`scope ${area}`);
		},
	);
});

describe('a connection that may only read', () => {
	const least = operations.filter(({ scope }) => scope.endsWith('.read')).map(({ scope }) => scope);
	let limited: Limited;
	beforeAll(async () => {
		limited = await connectWith(['openid', 'offline_access', ...new Set(least)]);
	});
	afterAll(async () => {
		await limited.xero.close();
	});

	it.each(operations.filter(({ scope }) => scope.endsWith('.read')))(
		'can use $resource: $operation',
		async ({ resource, operation }) => {
			const execution = await run(limited, resource, operation);

			expect(execution.error).toBeUndefined();
			expect(execution.itemsOf(XERO_NODE)).not.toEqual([]);
		},
	);
});
