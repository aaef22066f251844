/** What the kinds of alerts are called, without the names that belong to one. */
const TITLES: Readonly<Record<string, string>> = {
	reauth_required: 'A connection to Xero has to be authorised again',
	app_keys_refused: 'Xero refuses the app keys',
	workflow_paused: 'A workflow does not take its deliveries',
	workflow_disabled: 'A workflow was switched off',
	deliveries_dead: 'Deliveries were given up',
	payload_put_aside: 'Something that Xero sent was put aside',
	routing_behind: 'What Xero sent waits to become events',
	trigger_elsewhere: 'A trigger is published at two addresses',
	trigger_resumed: 'A trigger was deleted, and still answers',
	restored_from_backup: 'This hub was restored from a backup',
	webhook_silent: 'Xero sends no webhooks any more',
	day_budget_low: 'Xero’s calls of the day are nearly used up',
	disk_filling: 'The disk of the hub is nearly full',
	first_purge_planned: 'Old data will be deleted for the first time',
	gap_not_repaired: 'Missed webhooks could not be made up for',
	sweep_held: 'A sync asks whether records were deleted',
	counts_disagree: 'Xero counts other records than the hub',
	mapping_broken: 'Mappings do not fit Xero any more',
	organisation_held: 'An organisation waits to be confirmed',
	replacement_waits: 'Another Xero user wants to take over a connection',
	history_cut_short: 'History is deleted earlier than planned',
};

/** All kinds that this version raises. */
export const ALERT_KINDS: readonly string[] = Object.keys(TITLES);

/** A kind that is not known here is told in its own words. */
export function alertTitle(kind: string): string {
	if (Object.hasOwn(TITLES, kind)) return TITLES[kind] as string;
	const words = kind.replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
