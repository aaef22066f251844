import type { Books, InvoiceLine, Item, LineAmountTypes } from '../../world/Books';
import { scale, type Cents, type Decimal4 } from '../../world/decimal';

export interface Stock {
	/** Below zero for what was sold and is not there. */
	readonly quantity: Decimal4;
	/** "The value of the item on hand. Calculated using average cost accounting." (xero-node 20) */
	readonly costPool: Cents;
}

/**
 * What is there of a tracked item: approved bills and money spent bring it in, approved sales and money
 * received take it out, credits take it back, in the order of their dates.
 */
export function stockOf(books: Books, item: Item): Stock {
	return movementsOf(books, item).reduce<Stock>(moved, { quantity: 0, costPool: 0 });
}

interface Movement {
	readonly dateMs: number;
	/** Above zero for what comes in. */
	readonly quantity: Decimal4;
	/** Of what comes in with a price of its own. */
	readonly cost: Cents | undefined;
}

/** What goes out goes at the average cost; what comes back without a price does too. */
function moved({ quantity, costPool }: Stock, movement: Movement): Stock {
	const average = quantity > 0 ? scale(costPool, movement.quantity, quantity) : 0;
	const left = quantity + movement.quantity;
	return { quantity: left, costPool: left <= 0 ? 0 : costPool + (movement.cost ?? average) };
}

function movementsOf(books: Books, { code }: Item): Movement[] {
	const documents = [
		...[...books.invoices.values()].map((row) => ({ ...row, buys: row.type === 'ACCPAY' })),
		...[...books.bankTransactions.values()].map((row) => ({ ...row, buys: row.type === 'SPEND' })),
		...[...books.creditNotes.values()].map((row) => ({
			...row,
			buys: row.type === 'ACCRECCREDIT',
		})),
	];
	return documents
		.filter(({ status }) => status === 'AUTHORISED' || status === 'PAID')
		.flatMap(({ lines, ...document }) =>
			lines
				.filter(({ itemCode }) => itemCode?.toLowerCase() === code.toLowerCase())
				.map((line): Movement => {
					const isPriced = document.buys && document.type !== 'ACCRECCREDIT';
					return {
						dateMs: document.dateMs,
						quantity: document.buys ? line.quantity : -line.quantity,
						cost: isPriced ? netOf(line, document.lineAmountTypes) : undefined,
					};
				}),
		)
		.sort((a, b) => a.dateMs - b.dateMs);
}

function netOf(line: InvoiceLine, types: LineAmountTypes): Cents {
	return types === 'Inclusive' ? line.lineAmount - line.taxAmount : line.lineAmount;
}
