import type { SandboxContext } from '../context/SandboxContext';
import { randomGuid } from '../world/random';
import type { User } from '../world/World';

/**
 * Signing in needs no password here: the sandbox's own user, or the one named by `login_hint`, who
 * is made if need be (so that tests can have two people connect).
 */
export function signIn(context: SandboxContext, loginHint: string | null): User {
	const users = [...context.world.users.values()];
	if (loginHint === null) return users[0] as User;

	const known = users.find((user) => user.email === loginHint);
	if (known !== undefined) return known;
	const user: User = {
		id: randomGuid(context.random),
		email: loginHint,
		firstName: loginHint.split('@')[0] ?? loginHint,
		lastName: 'Guest',
	};
	context.world.users.set(user.id, user);
	return user;
}
