import type { SandboxContext } from '../context/SandboxContext';
import { createOrganisation } from '../seed/createOrganisation';
import { randomGuid } from '../world/random';
import type { Organisation } from '../world/World';
import type { ResetWish } from './controlSchemas';

/** What people do with a demo company: it begins anew, and none of its records has its former id. */
export function resetOrganisation(
	context: SandboxContext,
	organisation: Organisation,
	{ disconnects, ...wish }: ResetWish,
): void {
	const { tenantId, name, country } = organisation;
	const { organisations, connections } = context.world;
	// The name decides the ids.
	const fresh = createOrganisation(
		{ name: `${name} ${randomGuid(context.random)}`, country, ...wish },
		context.now(),
	);
	organisations.set(tenantId, { ...organisation, books: fresh.books });
	if (disconnects) {
		for (const connection of [...connections.values()]) {
			if (connection.tenantId !== tenantId) continue;
			connections.set(connection.id, { ...connection, active: false, updatedMs: context.now() });
		}
	}
	context.changed();
}
