import type { ConnectFailureReason } from './connectOutcome';

export interface FailureText {
	readonly status: number;
	readonly title: string;
	/** What happened. */
	readonly text: string;
	/** What to do next. */
	readonly next: string;
	/** Whether beginning again can help. */
	readonly again: boolean;
}

/** What a person is told about each way in which a consent can fail. */
export const CONNECT_FAILURE_TEXTS: Readonly<Record<ConnectFailureReason, FailureText>> = {
	workspace_unknown: {
		status: 404,
		title: 'No such workspace',
		text: 'This hub has no workspace under this address.',
		next: 'Check the link with whoever gave it to you.',
		again: false,
	},
	connect_link_off: {
		status: 403,
		title: 'This link is switched off',
		text: 'Organisations cannot be connected to this workspace by its link at present.',
		next: 'Ask whoever gave you the link. People of the hub sign in, and press “Connect to Xero” on the page of the organisations.',
		again: false,
	},
	connect_link_ended: {
		status: 410,
		title: 'This link has ended',
		text: 'It was used already, its time is over, or whoever made it ended it or may connect no more. Nothing was connected.',
		next: 'Ask whoever gave it to you for a new one.',
		again: false,
	},
	too_often: {
		status: 429,
		title: 'One moment, please',
		text: 'The hub slows down who opens connect links very often.',
		next: 'Open the link again then.',
		again: false,
	},
	app_keys_missing: {
		status: 409,
		title: 'Not set up yet',
		text: 'This workspace has no Xero app keys, so the hub cannot ask Xero for access.',
		next: 'Ask the administrator to save the client id and client secret of your Xero app, then open this link again.',
		again: true,
	},
	access_denied: {
		status: 403,
		title: 'Access was not given',
		text: 'You chose Cancel on the page at Xero. Nothing was connected.',
		next: 'To connect after all, start again and choose “Allow access”.',
		again: true,
	},
	state_unknown: {
		status: 400,
		title: 'This link is not valid',
		text: 'The hub did not begin this connection, or did so too long ago.',
		next: 'Start again from the connect link of your workspace.',
		again: false,
	},
	state_used: {
		status: 400,
		title: 'This step is done already',
		text: 'This page was opened a second time. What was connected the first time stays connected.',
		next: 'Start again only if an organisation is missing.',
		again: true,
	},
	state_expired: {
		status: 400,
		title: 'That took too long',
		text: 'For safety a connection must be finished within ten minutes. Nothing was connected.',
		next: 'Start again.',
		again: true,
	},
	other_account: {
		status: 409,
		title: 'Another Xero account',
		text: 'The Xero account that you signed in with does not reach the organisation that was to be reconnected. Nothing was changed.',
		next: 'Sign out at Xero, start again, and sign in with the account that owns the organisation.',
		again: true,
	},
	connection_cap: {
		status: 409,
		title: 'No connection is left',
		text: 'The Xero app of this workspace has as many organisations as its tier allows.',
		next: 'Disconnect an organisation that is not needed, or raise the tier at Xero and in the app keys, then start again.',
		again: true,
	},
	code_refused: {
		status: 502,
		title: 'Xero did not accept the answer',
		text: 'The code that Xero sent with you was used already or is older than five minutes.',
		next: 'Start again.',
		again: true,
	},
	clock_off: {
		status: 503,
		title: 'The clock of the hub is wrong',
		text: 'The answer of Xero says when it was given, and the clock of the machine that runs the hub is more than five minutes off. Nothing was connected here.',
		next: 'Ask the administrator to set that clock, best by switching on time synchronisation (NTP), then start again.',
		again: true,
	},
	app_keys_refused: {
		status: 409,
		title: 'Xero does not know this app',
		text: 'Xero refused the client id and secret of this workspace.',
		next: 'Ask the administrator to copy both again from the Xero app and save them, then start again.',
		again: true,
	},
	no_organisation: {
		status: 409,
		title: 'No organisation was chosen',
		text: 'Xero gave access, but to no organisation.',
		next: 'Start again and choose an organisation on the page at Xero.',
		again: true,
	},
	other_browser: {
		status: 400,
		title: 'This is not the browser that began',
		text: 'This connection was begun on a page of the hub, by somebody who is not signed in here. Nothing was connected.',
		next: 'Sign in to the hub in this browser, at the address that its links show, and press “Connect to Xero” there.',
		again: false,
	},
	signed_out: {
		status: 403,
		title: 'You are signed out',
		text: 'This connection was begun on a page of the hub, and whoever began it is not signed in any more. Nothing was connected here.',
		next: 'Sign in to the hub and start again.',
		again: true,
	},
	not_allowed: {
		status: 403,
		title: 'You may not connect organisations',
		text: 'Your access to this workspace was changed since you began. Nothing was connected here.',
		next: 'Ask an owner of the hub to give you the role that connects organisations.',
		again: false,
	},
	wrong_organisation: {
		status: 409,
		title: 'That was another organisation',
		text: 'You wanted to reconnect an organisation, and gave access to another one. Nothing was changed.',
		next: 'Start again and choose the organisation that you want to reconnect. If Xero does not list it, sign in there as somebody who can see it.',
		again: true,
	},
	xero_refused: {
		status: 502,
		title: 'Xero refused',
		text: 'Xero did not give access.',
		next: "Check the app's redirect URI and scopes at developer.xero.com, then start again.",
		again: true,
	},
	xero_unreachable: {
		status: 503,
		title: 'Xero cannot be reached',
		text: 'The hub could not finish with Xero just now.',
		next: 'Start again in a minute.',
		again: true,
	},
};
