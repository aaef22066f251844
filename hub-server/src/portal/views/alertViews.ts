import type { Alert } from '../../alerts/alertLedger';
import { alertTitle } from '../../alerts/alertTitle';
import type { Connection } from '../../xero/connections/connectionRows';
import type { Permission } from '../access/permissions';

/** An alert as a page tells it: what happened, since when, and the way on. */
export interface AlertView {
	readonly id: string;
	readonly title: string;
	readonly text: string;
	/** ISO 8601, UTC. */
	readonly since: string;
	readonly way: AlertWay;
}

/** A link, or a form with one button. Whoever lacks the permission is told whom to ask. */
export interface AlertWay {
	readonly method: 'get' | 'post';
	readonly href: string;
	readonly label: string;
	readonly permission: Exclude<Permission, 'administer'>;
}

/** @param at `/w/{slug}` */
export function alertViews(
	alerts: readonly Alert[],
	connections: readonly Connection[],
	at: string,
): AlertView[] {
	return alerts.map((alert) => {
		const { id, kind, message: text, raisedAt: since } = alert;
		return { id, title: alertTitle(kind), text, since, ...tell(alert, connections, at) };
	});
}

/** Those about organisations, for the page that lists them. */
export function isAboutOrganisations({ kind }: Alert): boolean {
	return ABOUT_ORGANISATIONS.includes(kind);
}

const ABOUT_ORGANISATIONS = [
	...['reauth_required', 'app_keys_refused', 'organisation_held', 'replacement_waits'],
];

function tell(
	{ id, kind, subject }: Alert,
	connections: readonly Connection[],
	at: string,
): Partial<AlertView> & Pick<AlertView, 'way'> {
	switch (kind) {
		case 'reauth_required': {
			const held = connections.filter(({ grantId }) => grantId === subject);
			const [first] = held;
			// Just connected, and its organisations are about to be written down.
			if (first === undefined) return { way: linkTo(`${at}/organisations`, 'See organisations') };
			return {
				title: `The connection to ${namesOf(held)} has to be authorised again`,
				text: 'The access has ended: at Xero, or because the keys of another app were saved here. Workflows get nothing from there until then. Reconnect, and everything goes on where it stopped: no event is lost.',
				way: {
					method: 'post',
					href: `${at}/organisations/${first.id}/reconnect`,
					label: 'Reconnect',
					permission: 'connect',
				},
			};
		}
		case 'app_keys_refused':
			return {
				text: 'Xero does not accept the client id and secret of this workspace, so nothing can be read or written. Copy both again from your app at developer.xero.com and save them.',
				way: linkTo(`${at}/app-keys`, 'Save the app keys again', 'connect'),
			};
		case 'organisation_held':
		case 'replacement_waits':
			return { way: linkTo(`${at}/organisations#org-${subject}`, 'Decide', 'connect') };
		case 'workflow_paused':
			return { way: linkTo(`${at}/deliveries?status=pending`, 'See what waits') };
		case 'trigger_elsewhere':
		case 'trigger_resumed':
			return { way: linkTo(`${at}/workflows`, 'See workflows') };
		case 'workflow_disabled':
		case 'deliveries_dead':
			return { way: linkTo(`${at}/deliveries?status=dead`, 'See what was given up') };
		case 'payload_put_aside':
			return { way: linkTo(`${at}/payloads`, 'See what was put aside') };
		case 'routing_behind':
			return { way: linkTo(`${at}/events`, 'See the events') };
		case 'restored_from_backup':
			return {
				way: {
					method: 'post',
					href: `${at}/alerts/${id}/acknowledge`,
					label: 'I have read this',
					permission: 'connect',
				},
			};
		case 'webhook_silent':
			return { way: linkTo(`${at}/app-keys`, 'See the webhook key') };
		case 'day_budget_low':
			return { way: linkTo(`${at}/organisations`, 'See organisations') };
		case 'gap_not_repaired':
			// A hub without sync has no page of one organisation, and shows all gaps on the one above.
			return { way: linkTo(`${at}/sync?organisation=${subject}#gaps`, 'See what may be missing') };
		case 'sweep_held':
			return { way: linkTo(`${at}/sync/streams/${subject}`, 'Look at it and decide') };
		case 'mapping_broken':
			return { way: linkTo(`${at}/mapping?organisation=${subject}`, 'Choose again', 'view') };
		case 'counts_disagree':
			return { way: linkTo(`${at}/sync/streams/${subject}`, 'See this sync') };
		default:
			return { way: linkTo(`${at}/activity`, 'See what happened') };
	}
}

function linkTo(
	href: string,
	label: string,
	permission: AlertWay['permission'] = 'view',
): AlertWay {
	return { method: 'get', href, label, permission };
}

function namesOf(connections: readonly Connection[]): string {
	const names = connections.map(({ tenantName, tenantId }) => tenantName ?? tenantId);
	return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}
