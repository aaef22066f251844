import { ok, warning, wrong, type Finding } from './Finding';
import { whyUnreachable } from './whyUnreachable';

const CHECK = 'public URL';

/** Whether the hub answers where Xero and browsers look for it. */
export async function checkPublicUrl(publicUrl: string): Promise<Finding> {
	const { protocol, hostname, port } = new URL(publicUrl);
	const isLocal = hostname === 'localhost';
	if (protocol !== 'https:' && !isLocal) {
		return wrong(
			CHECK,
			`${publicUrl} is not https: Xero takes neither such a redirect URI nor such a delivery URL.`,
			'Put a proxy with a certificate before the hub and set HUB_PUBLIC_URL to its https address.',
		);
	}
	try {
		const answer = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(10_000) });
		const body = (await answer.json().catch(() => undefined)) as { status?: unknown } | undefined;
		if (!answer.ok || body?.status !== 'ok') {
			return wrong(
				CHECK,
				`Something that is not the hub answers at ${publicUrl} (HTTP ${answer.status}).`,
				'Point the proxy at HUB_HOST and HUB_PORT, or put HUB_PUBLIC_URL right.',
			);
		}
	} catch (cause) {
		const { reason, todo } = whyUnreachable(cause);
		return wrong(
			CHECK,
			`${publicUrl} cannot be reached: ${reason}`,
			todo ?? 'Start the hub, and check DNS, firewall and proxy for this address.',
		);
	}
	if (isLocal) {
		return warning(
			CHECK,
			`The hub answers at ${publicUrl}, and only on this machine.`,
			'Enough for a trial with the sandbox. For webhooks of Xero set HUB_PUBLIC_URL to a public https address.',
		);
	}
	if (port !== '') {
		return warning(
			CHECK,
			`The hub answers at ${publicUrl}, on port ${port}.`,
			'Xero delivers webhooks to port 443 only: let the proxy listen there.',
		);
	}
	return ok(CHECK, `The hub answers at ${publicUrl}.`);
}
