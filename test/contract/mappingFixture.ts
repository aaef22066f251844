import { Readable } from 'node:stream';
import type { Engine } from '../../hub-server/src/database/engine';
import { USUAL_QUOTAS } from '../../hub-server/src/config/quotas';
import { composeMappings } from '../../hub-server/src/hub/composeMappings';
import { createLinkStore } from '../../hub-server/src/links/createLinkStore';
import type { WantedValue } from '../../hub-server/src/mapping/Mapping';
import type { NewMapping } from '../../hub-server/src/mapping/mappingStore';
import { createRecordSeals } from '../../hub-server/src/records/recordSeals';
import { createWorkspaceLimits } from '../../hub-server/src/workspaces/workspaceLimits';
import { ledgerFixture, TENANT } from './ledgerFixture';

export const ACCOUNTS = {
	sales: account(1, '200', 'Sales', 'REVENUE', 'REVENUE'),
	other: account(2, '260', 'Other Revenue', 'REVENUE', 'REVENUE'),
	travel: account(3, '493', 'Travel', 'EXPENSE', 'EXPENSE'),
	old: { ...account(4, '499', 'Old Stationery', 'EXPENSE', 'EXPENSE'), Status: 'ARCHIVED' },
	bank: account(5, '090', 'Business Bank', 'BANK', 'ASSET'),
	codeless: { ...account(6, '', 'Savings', 'BANK', 'ASSET'), Code: undefined },
	clearing: { ...account(7, '880', 'Clearing', 'CURRENT', 'ASSET'), EnablePaymentsToAccount: true },
	debtors: {
		...account(8, '610', 'Accounts Receivable', 'CURRENT', 'ASSET'),
		SystemAccount: 'DEBTORS',
	},
} as const;

export const TAX_RATES = [
	tax('OUTPUT2', '15% GST on Income', { CanApplyToRevenue: true, CanApplyToExpenses: false }),
	tax('INPUT2', '15% GST on Expenses', { CanApplyToRevenue: false, CanApplyToExpenses: true }),
	tax('NONE', 'No GST', {}),
	{ ...tax('TAX001', 'Old rate', {}), Status: 'DELETED' },
];

export const TRACKING = [
	{
		TrackingCategoryID: guid(50),
		Name: 'Region',
		Status: 'ACTIVE',
		Options: [
			{ TrackingOptionID: guid(51), Name: 'North', Status: 'ACTIVE' },
			{ TrackingOptionID: guid(52), Name: 'West', Status: 'ARCHIVED' },
		],
	},
];

/** A ledger with one organisation of which a test says what Xero has. */
export async function mappingFixture(engine: Engine, { mappings = 1_000 } = {}) {
	const f = await ledgerFixture(engine);
	const { db, now, keyRing, connections, workspace } = f;
	await f.connect(workspace.id, TENANT, 'client');
	const uptime = { at: 0 };
	const lists = new Map<string, readonly object[]>([
		['Accounts', Object.values(ACCOUNTS)],
		['TaxRates', TAX_RATES],
		['TrackingCategories', TRACKING],
		['Currencies', [{ Code: 'NZD', Description: 'New Zealand Dollar' }]],
		['Contacts', []],
		['Items', []],
	]);
	const asked: string[] = [];
	let isDown = false;
	const recordSealOf = createRecordSeals({ db, keyRing });
	const side = composeMappings({
		stores: {
			database: { db, engine } as never,
			recordSealOf,
			links: createLinkStore({ db, recordSealOf, now }),
			workspaceLimits: createWorkspaceLimits({
				workspaces: f.workspaces,
				quotas: { usual: { ...USUAL_QUOTAS, mappings }, plans: {} },
			}),
		},
		xero: {
			connections,
			// Only what makes an account writes.
			writes: { begin: () => Promise.resolve(undefined) } as never,
			api: {
				async send({ path }: { readonly path: string }) {
					asked.push(path);
					const collection = path.split(/[/?]/)[3] as string;
					const body = { [collection]: lists.get(collection) };
					return {
						status: isDown ? 503 : 200,
						headers: {},
						body: Readable.from([Buffer.from(JSON.stringify(body))]),
					};
				},
			} as never,
		},
		now,
		uptime: () => uptime.at,
	});
	const scope = { workspaceId: workspace.id, tenantId: TENANT, system: 'crm' };
	return {
		...f,
		...side,
		scope,
		asked,
		links: createLinkStore({ db, recordSealOf, now }),
		/** What Xero answers from now on, and that the hub asks again. */
		xeroHas(collection: string, records: readonly object[]) {
			lists.set(collection, records);
			uptime.at += 3_600_000;
		},
		goDown() {
			isDown = true;
			uptime.at += 3_600_000;
		},
		put: (...some: readonly Partial<NewMapping>[]) =>
			side.mappings.putMany(scope, some.map(aMapping)),
		resolve: (...wanted: readonly WantedValue[]) => side.resolveMappings(scope, wanted),
		async alerts() {
			const rows = await db
				.selectFrom('alerts')
				.select(['kind', 'subject', 'message'])
				.where('resolved_at', 'is', null)
				.execute();
			return rows;
		},
	};
}

export type MappingFixture = Awaited<ReturnType<typeof mappingFixture>>;

export function aMapping(members: Partial<NewMapping>): NewMapping {
	return {
		...{ system: '*', kind: 'account', key: 'SALES', value: '200' },
		...{ xeroId: ACCOUNTS.sales.AccountID, label: '200 – Sales' },
		...members,
	};
}

export function guid(number: number): string {
	return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function account(number: number, code: string, name: string, type: string, accountClass: string) {
	return {
		...{ AccountID: guid(number), Code: code, Name: name, Type: type, Class: accountClass },
		Status: 'ACTIVE',
	};
}

function tax(type: string, name: string, allows: object) {
	return { TaxType: type, Name: name, Status: 'ACTIVE', EffectiveRate: 15, ...allows };
}
