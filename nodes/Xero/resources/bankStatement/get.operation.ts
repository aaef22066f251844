import { recordLocator } from '../../fields/recordLocator';
import { getItemOperation } from '../../operations/getItemOperation';
import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE } from '../../requests/bankFeedsApi';

const statement = recordLocator({
	displayName: 'Statement',
	name: 'statementId',
	searchListMethod: 'searchStatements',
	noun: 'a statement',
	required: true,
});

export const { description, request, execute } = getItemOperation({
	path: `${BANK_FEEDS_PATH}/Statements`,
	scope: BANK_FEEDS_SCOPE,
	locator: statement,
	description: 'The statement to read',
});
