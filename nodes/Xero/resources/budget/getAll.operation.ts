import { commonFilters } from '../../filters/filters';
import { budgetKind } from '../../kinds/budgetKind';
import { listOperation } from '../../operations/listOperation';

/** Without lines: Xero gives them with a single budget only. */
export const { description, request, execute } = listOperation(budgetKind, {
	filters: [commonFilters.ids],
});
