import type { INodeProperties } from 'n8n-workflow';

import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE } from '../bankFeeds/bankFeedsApi';
import { getItemOperation } from '../common/getItemOperation';

const statementId: INodeProperties = {
	displayName: 'Statement ID',
	name: 'statementId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 2fc57bac-7aa7-4981-a5cd-8aee83fe698c',
	description: 'As Create gave it',
};

export const { description, request, execute } = getItemOperation({
	resource: 'bankStatement',
	path: `${BANK_FEEDS_PATH}/Statements`,
	scope: BANK_FEEDS_SCOPE,
	locator: statementId,
});
