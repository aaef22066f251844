import { basic, type SandboxApp, type SandboxClient } from './sandboxClient';

/** Ends the consent of the sandbox's user to the app, as when they remove the app in Xero. */
export async function revokeConsent(
	sandbox: SandboxClient,
	app: Pick<SandboxApp, 'clientId'>,
): Promise<void> {
	const { apps } = await sandbox.state();
	const whole = apps.find(({ clientId }) => clientId === app.clientId);
	if (whole === undefined) throw new Error(`The sandbox has no app ${app.clientId}.`);
	const { refresh_token: token = '' } = await sandbox.authorise(whole);
	const answer = await fetch(`${sandbox.url}/connect/revocation`, {
		method: 'POST',
		headers: { authorization: basic(whole) },
		body: new URLSearchParams({ token }),
	});
	if (!answer.ok) throw new Error(`Revoking was answered ${answer.status}.`);
}
