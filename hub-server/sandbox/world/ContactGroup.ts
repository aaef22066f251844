import type { TableRow } from './Table';

export interface ContactGroup extends TableRow {
	readonly name: string;
	readonly status: 'ACTIVE' | 'DELETED';
	readonly contactIds: readonly string[];
}
