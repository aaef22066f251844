import { recordLocator } from '../../fields/recordLocator';
import { getItemOperation } from '../../operations/getItemOperation';
import { ASSETS_PATH, ASSETS_SCOPE } from '../../requests/assetsApi';

export const { description, request, execute } = getItemOperation({
	path: ASSETS_PATH,
	scope: ASSETS_SCOPE,
	locator: recordLocator({
		displayName: 'Asset',
		name: 'asset',
		searchListMethod: 'searchAssets',
		noun: 'an asset',
		required: true,
	}),
	description: 'The asset to read; the list has the registered ones',
});
