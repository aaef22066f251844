import { itemPage } from '../http/itemPage';
import { parameter } from '../http/parameter';
import { json, type Reply } from '../http/Reply';
import { notFound } from '../resource/apiError';
import type { ApiCall, ApiResource } from '../resource/ApiResource';
import { dateString } from '../resource/xeroDate';
import { pick, randomGuid, seededRandom } from '../world/random';

/** Assets 1.0, to read: always the same few for an organisation. */
export const assetResources: readonly ApiResource[] = [
	{
		name: 'Assets',
		scopes: ['assets'],
		routes: [
			{ method: 'GET', path: '/Assets', handle: list },
			{ method: 'GET', path: '/Assets/:id', handle: one },
		],
	},
];

const STATUSES = ['Draft', 'Registered', 'Disposed'] as const;
const NAMES = ['Company Car', 'Computer', 'Desk', 'Espresso Machine', 'Laser Printer', 'Van'];

function list(call: ApiCall): Reply {
	const wanted = STATUSES.find(
		(status) => status.toUpperCase() === parameter(call.request, 'status')?.toUpperCase(),
	);
	if (wanted === undefined) {
		return json(400, {
			type: 'http://common.service.xero.com/errors/validation',
			title: 'The resource update failed validation.',
			detail: 'A status must be specified: DRAFT, REGISTERED or DISPOSED',
			resourceValidationErrors: [],
			fieldValidationErrors: [],
		});
	}
	const sought = parameter(call.request, 'filterBy')?.toLowerCase() ?? '';
	const assets = assetsOf(call).filter(
		({ assetStatus, assetName, assetNumber }) =>
			assetStatus === wanted && `${assetName} ${assetNumber}`.toLowerCase().includes(sought),
	);
	const field = parameter(call.request, 'orderBy');
	if (field !== undefined) assets.sort(by(field, parameter(call.request, 'sortDirection')));
	return itemPage(call.request, { usualSize: 10 }, assets, (asset) => asset);
}

function one(call: ApiCall): Reply {
	const asset = assetsOf(call).find(({ assetId }) => assetId === call.params['id']?.toLowerCase());
	return asset === undefined ? notFound() : json(200, asset);
}

type Asset = ReturnType<typeof assetsOf>[number];

function assetsOf({ organisation }: ApiCall) {
	const random = seededRandom(`the assets of ${organisation.tenantId}`);
	return Array.from({ length: 24 }, (_, index) => {
		const assetId = randomGuid(random);
		const boughtMs = Date.UTC(2024, Math.floor(random() * 12), 1);
		const purchasePrice = 100 + Math.floor(random() * 5_000);
		const depreciated = Math.floor(purchasePrice * random());
		return {
			assetId,
			assetName: pick(random, NAMES),
			assetNumber: `FA-${String(index + 1).padStart(4, '0')}`,
			purchaseDate: dateString(boughtMs),
			purchasePrice,
			disposalPrice: 0,
			assetStatus: STATUSES[index % STATUSES.length] ?? 'Draft',
			trackingItems: [],
			bookDepreciationSetting: {
				depreciableObjectId: assetId,
				depreciableObjectType: 'Asset',
				bookEffectiveDateOfChangeId: randomGuid(random),
				depreciationMethod: 'StraightLine',
				averagingMethod: 'ActualDays',
				depreciationRate: 20,
				depreciationCalculationMethod: 'None',
			},
			bookDepreciationDetail: {
				depreciationStartDate: dateString(boughtMs),
				priorAccumDepreciationAmount: 0,
				currentAccumDepreciationAmount: depreciated,
				currentCapitalGain: 0,
				currentGainLoss: 0,
			},
			taxDepreciationSettings: [],
			taxDepreciationDetails: [],
			canRollback: true,
			accountingBookValue: purchasePrice - depreciated,
			taxValues: [],
			isDeleteEnabledForDate: false,
		};
	});
}

function by(field: string, direction: string | undefined) {
	const name = (field.charAt(0).toLowerCase() + field.slice(1)) as keyof Asset;
	const sign = direction?.toLowerCase() === 'desc' ? -1 : 1;
	return (a: Asset, b: Asset) => sign * compare(a[name], b[name]);
}

function compare(a: unknown, b: unknown): number {
	return typeof a === 'number' && typeof b === 'number'
		? a - b
		: String(a).localeCompare(String(b));
}
