import type { Config } from '../config/Config';
import { NotFoundError } from '../errors/requestErrors';
import type { Stores } from '../hub/openStores';
import { resetSecondFactor } from '../portal/access/resetSecondFactor';
import { createSecondFactors } from '../portal/access/secondFactors';
import { createSessionStore } from '../portal/access/sessionStore';
import { createTellPerson } from '../portal/access/tellPerson';
import { createUserStore } from '../portal/access/userStore';
import { COMMAND_LINE, openAdministration } from './openAdministration';

/**
 * The way back for whoever may run commands on the hub's machine, when the last owner has lost the telephone.
 *
 * @param say one line for the operator
 * @throws NotFoundError
 */
export async function resetSecondFactorOf(
	stores: Stores,
	config: Config,
	email: string,
	say: (line: string) => void,
): Promise<void> {
	const { keyRing } = stores;
	const { db } = stores.database;
	const now = Date.now;
	const users = createUserStore({ db, now });
	const person = await users.findByEmail(email);
	if (person === undefined) throw new NotFoundError(`Nobody with the address ${email} has access.`);
	const { told } = await resetSecondFactor(
		{
			users,
			factors: createSecondFactors({ db, keyRing, now }),
			sessions: createSessionStore({ db, now }),
			noteChange: openAdministration(stores, config).noteChange,
			tellPerson: config.smtp && createTellPerson(config.smtp, () => say('The mail was not sent.')),
			publicUrl: config.publicUrl,
		},
		COMMAND_LINE,
		person,
	);
	await told;
}
