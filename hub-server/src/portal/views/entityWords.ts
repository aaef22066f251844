/** What people call the records of an entity, in the plural. */
export function entityWords(entity: string): string {
	return NAMES[entity] ?? entity;
}

const NAMES: Readonly<Record<string, string>> = {
	contact: 'Contacts',
	invoice: 'Invoices and bills',
	credit_note: 'Credit notes',
	payment: 'Payments',
	prepayment: 'Prepayments',
	overpayment: 'Overpayments',
	bank_transaction: 'Bank transactions',
	bank_statement: 'Bank statements',
	bank_transfer: 'Bank transfers',
	item: 'Items',
	account: 'Accounts',
	quote: 'Quotes',
	purchase_order: 'Purchase orders',
	manual_journal: 'Manual journals',
	tax_rate: 'Tax rates',
	tracking_category: 'Tracking categories',
	organisation: 'Organisation settings',
};
