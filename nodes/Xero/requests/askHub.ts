import { member, text } from '../../../hub-server/protocol/xero';
import { explainReply } from '../errors/explainReply';
import { refuse, refuseInput, success, type Outcome } from '../errors/failure';
import type { AnsweredReply } from '../messages/XeroReply';
import type { OperationRun } from '../run/OperationRun';
import type { HubPort } from '../transport/HubPort';
import type { HubCall } from '../transport/hubRequest';

/** What a hub may be too old for, as it names it itself, and what people call it. */
export interface HubNeed {
	readonly feature: 'links' | 'mappings' | 'pushes';
	/** Such as `A push`. */
	readonly what: string;
	/** Why only a hub can do it. */
	readonly because: string;
}

/** A hub that can do what is needed. */
export interface CapableHub {
	/** Without the slash at its end. */
	readonly address: string;
	/** Of the workspace that the key belongs to. */
	readonly slug: string;
	/**
	 * What the hub answered; a refusal in words.
	 *
	 * @param isFine for what is an answer although its status says otherwise
	 */
	ask(call: HubCall, isFine?: (reply: AnsweredReply) => boolean): Promise<Outcome<AnsweredReply>>;
}

/** The hub of the run, asked once what it can do. */
export async function needHub(run: OperationRun, need: HubNeed): Promise<Outcome<CapableHub>> {
	const { hub } = run;
	if (hub === undefined) {
		return refuseInput(
			`${need.what} needs a hub, and this node goes to Xero without one`,
			`${need.because} Set Authentication to Xero Hub and choose a Xero Hub API credential.`,
		);
	}
	const about = await askHub(run, hub, { method: 'GET', path: 'workspace' });
	if (!about.ok) return about;
	const said = member(about.value.body, 'hub');
	const features = member(said, 'features');
	if (!Array.isArray(features) || !features.includes(need.feature)) {
		const version = text(member(said, 'version'));
		return refuseInput(
			`This hub${version === undefined ? '' : ` (version ${version})`} is older than this node: ${need.what} needs a hub with "${need.feature}"`,
			'Ask whoever runs the hub to update it: the hub first, then this node pack.',
		);
	}
	return success({
		address: await hub.address(),
		slug: text(member(about.value.body, 'slug')) ?? '',
		ask: async (call, isFine) => await askHub(run, hub, call, isFine),
	});
}

async function askHub(
	run: OperationRun,
	hub: HubPort,
	call: HubCall,
	isFine: (reply: AnsweredReply) => boolean = () => false,
): Promise<Outcome<AnsweredReply>> {
	const reply = await hub.send(call);
	if (reply.kind === 'answered' && (reply.status < 300 || isFine(reply))) return success(reply);
	return refuse(explainReply(reply, { route: 'hub', nowMs: run.nowMs() }).failure);
}
