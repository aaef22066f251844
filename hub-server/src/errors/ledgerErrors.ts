import { HubError } from './HubError';

/** Another process keeps SQLite's file locked; nothing was written and trying again is right. */
export class LedgerLockedError extends HubError {
	readonly code = 'ledger_locked';
	readonly status = 503;
	override readonly headers = { 'Retry-After': '5' };

	constructor(waitedMs: number, options?: ErrorOptions) {
		super(
			`Another program keeps the ledger locked (hub.sqlite in the data folder): the hub waited ${waitedMs / 1000} s. ` +
				'End it, such as a backup tool or an open sqlite3 shell; `xero-hub backup` copies without a lock.',
			options,
		);
	}
}
