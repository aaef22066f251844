import { refuse, refuseInput, success, type Failure, type Outcome } from '../errors/failure';
import type { Route } from '../messages/Route';
import type { Organisation } from './XeroTransport';

/** As many as a person reads through. */
const NAMED = 20;

/** Where a person connects an organisation, and why one that is connected may not count. */
const CONNECT: Readonly<Record<Route, string>> = {
	hub: 'Connect one on the Organisations page of the hub, or switch one on there. One that waits to be confirmed counts once it is.',
	direct: 'Connect one in the credential.',
};

/** Nobody has to choose where there is no choice; where there is one, the names help to make it. */
export function onlyOrganisation(
	organisations: readonly Organisation[],
	route: Route,
): Outcome<string> {
	const [first, ...others] = organisations;
	if (first === undefined) return refuse(noOrganisation(route));
	if (others.length === 0) return success(first.tenantId);
	const names = organisations.slice(0, NAMED).map(({ name, tenantId }) => `${name} (${tenantId})`);
	const more = organisations.length - names.length;
	return refuseInput(
		`Choose an organisation: this connection reaches ${organisations.length}`,
		`Set Organisation to one of: ${names.join(', ')}${more > 0 ? `, and ${more} more` : ''}.`,
	);
}

/** Nothing can be read or written. */
export function noOrganisation(route: Route): Failure {
	return {
		kind: 'input',
		message: 'No organisation of Xero is connected',
		description: CONNECT[route],
	};
}
