import { z } from 'zod';
import type { Access } from '../access/PortalUser';

const list = z
	.union([z.string().transform((one) => [one]), z.array(z.string())])
	.optional()
	.transform((ids) => ids ?? []);

/**
 * Who may do what: one role everywhere, or one in each of some workspaces. `role-<workspace id>` names the
 * role there where it is another than `role`.
 */
export const AccessForm = z
	.looseObject({
		role: z.enum(['owner', 'connector', 'viewer'], { error: 'choose a role' }),
		reach: z.enum(['all', 'some'], { error: 'choose which workspaces' }),
		workspaces: list,
	})
	.refine(({ role, reach }) => role !== 'owner' || reach === 'all', {
		path: ['reach'],
		message: 'an owner always sees every workspace',
	})
	.refine(({ reach, workspaces }) => reach === 'all' || workspaces.length > 0, {
		path: ['workspaces'],
		message: 'choose at least one workspace',
	})
	.transform(({ role, reach, workspaces, ...more }): Access => {
		if (reach === 'all' || role === 'owner') return { role, workspaces: 'all' };
		return {
			role,
			workspaces: [...new Set(workspaces)].map((id) => ({
				id,
				role: ROLE_THERE.catch(role).parse(more[roleField(id)]),
			})),
		};
	});

const ROLE_THERE = z.enum(['connector', 'viewer']);

export function roleField(workspaceId: string): string {
	return `role-${workspaceId}`;
}

/** The workspaces that are ticked in a form that could not be read. */
export function tickedIn(body: unknown): readonly string[] {
	return list.catch([]).parse((body as { readonly workspaces?: unknown } | undefined)?.workspaces);
}
