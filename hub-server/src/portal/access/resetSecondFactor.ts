import type { Actor } from '../../administration/Actor';
import type { NoteChange } from '../../administration/noteChange';
import type { PortalUser } from './PortalUser';
import type { SecondFactors } from './secondFactors';
import type { SessionStore } from './sessionStore';
import type { TellPerson } from './tellPerson';
import type { UserStore } from './userStore';

export interface ResetDeps {
	readonly users: Pick<UserStore, 'noteReset'>;
	readonly factors: Pick<SecondFactors, 'reset'>;
	readonly sessions: Pick<SessionStore, 'endAll'>;
	readonly noteChange: NoteChange;
	/** Absent: this hub sends no mail. */
	readonly tellPerson?: TellPerson | undefined;
	/** Without a trailing slash. */
	readonly publicUrl: string;
}

/**
 * Takes the second factor of somebody who cannot show it any more away, and signs them out everywhere. They are
 * told: by mail where the hub sends mail, and on every page until they have read it. The mail is begun
 * and not waited for.
 *
 * @returns when the mail is sent or was given up, and whether there was a factor
 */
export async function resetSecondFactor(
	{ users, factors, sessions, noteChange, tellPerson, publicUrl }: ResetDeps,
	by: Actor,
	person: PortalUser,
): Promise<{ readonly hadFactor: boolean; readonly told: Promise<void> }> {
	const hadFactor = await factors.reset(person.id);
	await sessions.endAll(person.id);
	await users.noteReset(person.id, by.name);
	const action = 'user.second_factor_reset';
	await noteChange(by, { action, detail: { user: person.email } });
	const told = tellPerson?.(person.email, {
		subject: 'Your second factor was taken away',
		text:
			`${by.name} has taken away the second factor of your account at ${publicUrl}. ` +
			'Your password alone signs you in until you set another one up, under Your account.\n\n' +
			'Did you not ask for this? Then change your password now and tell an owner of the hub.\n',
	});
	return { hadFactor, told: told ?? Promise.resolve() };
}
