import type { Tables } from '../database/tables';
import type { SealedPlace } from './keyRing';

/** One table's sealed columns, and how its rows say where their texts were sealed for. */
export interface SealedTable {
	readonly table: keyof Tables & string;
	readonly key: string;
	/** Holds the workspace's id; null where the rows belong to the whole hub. */
	readonly workspaceColumn: string | null;
	readonly columns: readonly string[];
}

/** Every column that holds sealed text. The canary comes last: it speaks for all the others. */
export const SEALED_TABLES: readonly SealedTable[] = [
	{
		table: 'app_keys',
		key: 'workspace_id',
		workspaceColumn: 'workspace_id',
		columns: ['client_secret', 'webhook_key', 'previous_webhook_key'],
	},
	{
		table: 'grants',
		key: 'id',
		workspaceColumn: 'workspace_id',
		columns: ['access_token', 'refresh_token'],
	},
	{
		table: 'token_answers',
		key: 'id',
		workspaceColumn: 'workspace_id',
		columns: ['access_token', 'refresh_token'],
	},
	{
		table: 'connect_states',
		key: 'state_hash',
		workspaceColumn: 'workspace_id',
		columns: ['code_verifier'],
	},
	{
		table: 'subscriptions',
		key: 'id',
		workspaceColumn: 'workspace_id',
		columns: ['secret', 'previous_secret'],
	},
	{
		table: 'alert_channels',
		key: 'id',
		workspaceColumn: 'workspace_id',
		columns: ['target', 'secret'],
	},
	{
		table: 'saved_items',
		key: 'id',
		workspaceColumn: 'workspace_id',
		columns: ['records'],
	},
	{
		table: 'data_keys',
		key: 'workspace_id',
		workspaceColumn: 'workspace_id',
		columns: ['key'],
	},
	{ table: 'user_totps', key: 'user_id', workspaceColumn: null, columns: ['secret'] },
	{ table: 'sign_in_steps', key: 'id', workspaceColumn: null, columns: ['asked'] },
	{ table: 'settings', key: 'name', workspaceColumn: null, columns: ['value'] },
];

/** What `KeyRing.seal` was told for this cell. */
export function placeOf(
	{ table }: SealedTable,
	column: string,
	row: string,
	workspace: string,
): SealedPlace {
	return { table, row, column, workspace };
}
