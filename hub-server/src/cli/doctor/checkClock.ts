import type { Clock } from '../../clock';
import { ok, warning, wrong, type Finding } from './Finding';
import { whyUnreachable } from './whyUnreachable';

/** The check whose failure makes every question to Xero useless. */
export const XERO = 'Xero';

/** HTTP's `Date` counts whole seconds, and the answer travels. */
const UNREMARKABLE_MS = 5_000;

/** n8n and the hub accept signatures five minutes old: a minute off is one fifth of that gone. */
const HARMFUL_MS = 60_000;

/** Whether Xero can be reached, and what its clock says about ours. */
export async function checkClock(identityUrl: string, clock: Clock): Promise<readonly Finding[]> {
	let date: number;
	try {
		const answer = await fetch(identityUrl, {
			method: 'HEAD',
			redirect: 'manual',
			signal: AbortSignal.timeout(10_000),
		});
		date = Date.parse(answer.headers.get('date') ?? '');
	} catch (cause) {
		const { reason, todo } = whyUnreachable(cause);
		return [
			wrong(
				XERO,
				`${identityUrl} cannot be reached: ${reason}`,
				todo ?? 'Allow outgoing https to login.xero.com, identity.xero.com and api.xero.com.',
			),
		];
	}
	const reached = ok(XERO, `${identityUrl} answers.`);
	if (Number.isNaN(date)) return [reached];

	const offMs = clock() - date;
	const how = `This machine's clock is ${Math.round(Math.abs(offMs) / 1000)} s ${offMs > 0 ? 'ahead of' : 'behind'} Xero's.`;
	if (Math.abs(offMs) <= UNREMARKABLE_MS) return [reached, ok('clock', "It agrees with Xero's.")];
	const todo =
		'Switch on time synchronisation (timedatectl set-ntp true; in a container: on its host).';
	return [
		reached,
		Math.abs(offMs) < HARMFUL_MS ? warning('clock', how, todo) : wrong('clock', how, todo),
	];
}
