import { readLimit } from '../../fields/readLimit';
import { limitField, returnAllField } from '../../fields/readOptions';
import type { OperationModule } from '../../operations/OperationModule';
import type { RequestFacts } from '../../requests/RequestFacts';
import { done, failed, type ItemOutcome } from '../../run/ItemOutcome';

export const description: OperationModule['description'] = [returnAllField, limitField];

/** With the hub, its own list of connections. */
export const request: RequestFacts = {
	method: 'GET',
	path: 'connections',
	carries: 'the whole list',
};

/** The list belongs to the credential, not to an organisation: it is asked for once. */
export const execute: OperationModule['execute'] = async (run) => {
	const organisations = await run.transport.organisations();
	const outcomes = Array.from({ length: run.itemCount }, (_, item): ItemOutcome => {
		if (!organisations.ok) return failed(organisations.failure);
		const limit = readLimit(run, item);
		if (!limit.ok) return failed(limit.failure);
		return done(
			...organisations.value
				.slice(0, limit.value)
				.map(({ name, tenantId }) => ({ name, tenantId })),
		);
	});
	return { effect: 'read', outcomes };
};
