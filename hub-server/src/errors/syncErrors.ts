import { HubError } from './HubError';

/** The workspace is not connected to this organisation. */
export class UnknownTenantError extends HubError {
	readonly code = 'unknown_tenant';
	readonly status = 404;

	constructor(tenantId: string) {
		super(`This workspace is not connected to an organisation ${tenantId}.`);
	}
}

/** The organisation, or its sync, is switched off. */
export class ConnectionOffError extends HubError {
	readonly code = 'connection_off';
	readonly status = 409;

	constructor(name: string) {
		super(`${name} is switched off in this workspace. Switch it on, and its sync, to run it.`);
	}
}

/** The stream's run, or the organisation's migration, is not over yet. */
export class RunUnderWayError extends HubError {
	readonly code = 'run_under_way';
	readonly status = 409;
	override readonly members: Readonly<Record<string, string | number>>;

	constructor(
		runId: string,
		message = 'A run of this stream is under way. Wait until it has ended.',
	) {
		super(message);
		this.members = { runId };
	}
}

/** The operator runs this hub without sync. */
export class SyncOffError extends HubError {
	readonly code = 'sync_off';
	readonly status = 409;

	constructor() {
		super(
			'This hub runs without sync (HUB_SYNC=off): it keeps no streams and no records, so it cannot tell what a ' +
				'record becomes, such as invoice.paid. Ask its operator to switch sync on.',
		);
	}
}
