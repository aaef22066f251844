import { feedConnectionLocator } from '../../fields/feedConnectionLocator';
import { getItemOperation } from '../../operations/getItemOperation';
import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE } from '../../requests/bankFeedsApi';

export const { description, request, execute } = getItemOperation({
	path: `${BANK_FEEDS_PATH}/FeedConnections`,
	scope: BANK_FEEDS_SCOPE,
	locator: feedConnectionLocator,
	description: 'The feed connection to read',
});
