import { HubError } from './HubError';

/** What is deleted cannot be handed over any more. */
export class ExportFirstError extends HubError {
	readonly code = 'export_first';
	readonly status = 409;

	constructor(name: string) {
		super(
			`Nobody has read an export of ${name} to its end in the last 24 hours. Make one first, or say that none is wanted.`,
		);
	}
}
