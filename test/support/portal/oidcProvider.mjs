// A provider of OpenID Connect, as a process of its own: oidc-provider wants plain objects of its own realm.
// Whoever types an account's name at its page is signed in as that; `PUT /_claims/{account}` says what it tells.

import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import Provider from 'oidc-provider';

const { OIDC_PORT, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_REDIRECT_URI } = process.env;

const claimsOf = new Map();

const provider = new Provider(`http://localhost:${OIDC_PORT}`, {
	clients: [
		{
			client_id: OIDC_CLIENT_ID,
			client_secret: OIDC_CLIENT_SECRET,
			redirect_uris: [OIDC_REDIRECT_URI],
		},
	],
	claims: { profile: ['name', 'groups'], email: ['email', 'email_verified'] },
	cookies: { keys: ['only for tests'] },
	pkce: { required: () => true },
	findAccount: (_context, id) => ({
		accountId: id,
		claims: () => ({ sub: id, ...claimsOf.get(id) }),
	}),
});
const answer = provider.callback();

createServer(async (request, response) => {
	const account = /^\/_claims\/(\w+)$/.exec(request.url)?.[1];
	if (account === undefined) return answer(request, response);
	claimsOf.set(account, await json(request));
	return response.writeHead(204).end();
}).listen(Number(OIDC_PORT), '127.0.0.1');
