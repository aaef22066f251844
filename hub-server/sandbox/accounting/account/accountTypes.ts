import type { Account } from '../../world/Books';

/** The class that each type of account belongs to. */
const CLASSES: Readonly<Record<string, Account['class']>> = {
	BANK: 'ASSET',
	CURRENT: 'ASSET',
	FIXED: 'ASSET',
	INVENTORY: 'ASSET',
	NONCURRENT: 'ASSET',
	PREPAYMENT: 'ASSET',
	EQUITY: 'EQUITY',
	DEPRECIATN: 'EXPENSE',
	DIRECTCOSTS: 'EXPENSE',
	EXPENSE: 'EXPENSE',
	OVERHEADS: 'EXPENSE',
	CURRLIAB: 'LIABILITY',
	LIABILITY: 'LIABILITY',
	PAYG: 'LIABILITY',
	TERMLIAB: 'LIABILITY',
	OTHERINCOME: 'REVENUE',
	REVENUE: 'REVENUE',
	SALES: 'REVENUE',
};

export function classOf(type: string): Account['class'] | undefined {
	return Object.hasOwn(CLASSES, type) ? CLASSES[type] : undefined;
}
