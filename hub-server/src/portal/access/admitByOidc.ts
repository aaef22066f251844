import { isDeepStrictEqual } from 'node:util';
import { ConflictError } from '../../errors/requestErrors';
import type { OidcConfig } from '../../config/Config';
import type { OidcIdentity } from './oidcProvider';
import type { WorkspaceStore } from '../../workspaces/workspaceStore';
import { accessByGroups } from './accessByGroups';
import type { Access, PortalUser } from './PortalUser';
import type { SessionStore } from './sessionStore';
import type { UserStore } from './userStore';

export type Admission =
	| { readonly kind: 'admitted'; readonly user: PortalUser; readonly isNew: boolean }
	/** In words for the person. */
	| { readonly kind: 'refused'; readonly why: string; readonly user: PortalUser | undefined };

/**
 * Lets somebody in whom the provider knows: the person with that subject, or a new one. What they may do follows
 * their groups, at each sign-in. Whoever is in no group any more sees nothing from then on, and is signed out
 * everywhere. The last owner stays one, whatever the groups say.
 *
 * Somebody who is here already under that address becomes the provider's person only where the provider has
 * verified the address: otherwise whoever may write an address there would be them here.
 */
export async function admitByOidc(
	deps: {
		readonly users: Pick<
			UserStore,
			'findByIdentity' | 'findByEmail' | 'linkIdentity' | 'create' | 'setAccess' | 'get'
		>;
		readonly sessions: Pick<SessionStore, 'endAll'>;
		readonly workspaces: Pick<WorkspaceStore, 'list'>;
	},
	config: Pick<OidcConfig, 'roles' | 'workspaceRoles'>,
	identity: OidcIdentity,
): Promise<Admission> {
	const { users, sessions, workspaces } = deps;
	const { issuer, subject, email, emailVerified, name, groups } = identity;
	const access = accessByGroups(config, groups, await workspaces.list());
	const known = await users.findByIdentity(issuer, subject);
	if (access === undefined) {
		if (known !== undefined) {
			await keepOneOwner(users.setAccess(known.id, { role: 'viewer', workspaces: [] }));
			await sessions.endAll(known.id);
		}
		return refused('You are in no group that may use this hub. Ask whoever looks after it.', known);
	}
	if (known !== undefined) return await admitted(known, access);
	if (email === undefined)
		return refused('The provider does not tell this hub your e-mail address.');
	const namesake = await users.findByEmail(email);
	if (namesake === undefined) {
		const user = await users.create({
			...{ email, name: name ?? email, password: null, ...access },
			identity: { issuer, subject },
		});
		return { kind: 'admitted', user, isNew: true };
	}
	if (!emailVerified || !(await users.linkIdentity(namesake.id, { issuer, subject }))) {
		return refused(
			`Somebody with the address ${email} has access already, and the provider does not vouch that it is you. Sign in as you did before.`,
		);
	}
	return await admitted(namesake, access);

	async function admitted(user: PortalUser, given: Access): Promise<Admission> {
		if (!isSame(user, given)) await keepOneOwner(users.setAccess(user.id, given));
		return { kind: 'admitted', user: await users.get(user.id), isNew: false };
	}
}

function refused(why: string, user?: PortalUser): Admission {
	return { kind: 'refused', why, user };
}

function isSame(one: Access, other: Access): boolean {
	const written = ({ role, workspaces }: Access) =>
		workspaces === 'all'
			? role
			: Object.fromEntries(workspaces.map(({ id, role: single }) => [id, single]));
	return isDeepStrictEqual(written(one), written(other));
}

async function keepOneOwner(change: Promise<void>): Promise<void> {
	try {
		await change;
	} catch (cause) {
		if (!(cause instanceof ConflictError)) throw cause;
	}
}
