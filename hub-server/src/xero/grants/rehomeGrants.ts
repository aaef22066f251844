import type { Selectable, Transaction } from 'kysely';
import type { Tables } from '../../database/tables';
import type { KeyRing } from '../../secrets/keyRing';
import { tokenSealer } from './tokenSealer';

/**
 * Before a workspace goes: grants that are at home there and that others use move to one of those,
 * with their tokens sealed for it. What nobody else uses stays, and goes with the workspace.
 */
export async function rehomeGrants(
	tx: Transaction<Tables>,
	keyRing: KeyRing,
	leaving: string,
): Promise<void> {
	// Changes nothing, but locks: who writes tokens meanwhile waits, and then finds the grant's new home.
	const grants = await tx
		.updateTable('grants')
		.set((e) => ({ gen: e.ref('gen') }))
		.where('workspace_id', '=', leaving)
		.returningAll()
		.execute();
	for (const grant of grants) {
		const home = await newHomeOf(tx, grant, leaving);
		if (home !== undefined) await move(tx, keyRing, grant, home);
	}
}

/** One that has the keys of the app, where there is one. */
async function newHomeOf(
	tx: Transaction<Tables>,
	grant: Selectable<Tables['grants']>,
	leaving: string,
): Promise<string | undefined> {
	const users = await tx
		.selectFrom('connections as c')
		.leftJoin('app_keys as k', 'k.workspace_id', 'c.workspace_id')
		.select(['c.workspace_id', 'k.client_id'])
		.where('c.grant_id', '=', grant.id)
		.where('c.workspace_id', '!=', leaving)
		.orderBy('c.created_at')
		.orderBy('c.id')
		.execute();
	const withKeys = users.find(({ client_id: clientId }) => clientId === grant.client_id);
	return (withKeys ?? users[0])?.workspace_id;
}

async function move(
	tx: Transaction<Tables>,
	keyRing: KeyRing,
	grant: Selectable<Tables['grants']>,
	home: string,
): Promise<void> {
	const from = tokenSealer(keyRing, 'grants', grant.id, grant.workspace_id);
	const to = tokenSealer(keyRing, 'grants', grant.id, home);
	const { access_token: access, refresh_token: refresh } = grant;
	await tx
		.updateTable('grants')
		.set({
			workspace_id: home,
			access_token: to.seal('access_token', from.open('access_token', access)),
			refresh_token:
				refresh === null ? null : to.seal('refresh_token', from.open('refresh_token', refresh)),
		})
		.where('id', '=', grant.id)
		.execute();

	const answers = await tx
		.selectFrom('token_answers')
		.selectAll()
		.where('grant_id', '=', grant.id)
		.execute();
	for (const answer of answers) await moveAnswer(tx, keyRing, answer, home);
}

async function moveAnswer(
	tx: Transaction<Tables>,
	keyRing: KeyRing,
	{ id, workspace_id: left, ...answer }: Selectable<Tables['token_answers']>,
	home: string,
): Promise<void> {
	const from = tokenSealer(keyRing, 'token_answers', id, left);
	const to = tokenSealer(keyRing, 'token_answers', id, home);
	await tx
		.updateTable('token_answers')
		.set({
			workspace_id: home,
			access_token: to.seal('access_token', from.open('access_token', answer.access_token)),
			refresh_token: to.seal('refresh_token', from.open('refresh_token', answer.refresh_token)),
		})
		.where('id', '=', id)
		.execute();
}
