/**
 * What a page says after a form was carried out, named by `?done=` in its address: a fixed text, so
 * that a link cannot put words into the portal's mouth.
 */
export const NOTICES = {
	signed_out: 'You are signed out.',
	password_changed: 'The password was changed. Sign in with the new one.',
	workspace_created: 'The workspace is ready. Follow the steps below to connect it to Xero.',
	workspace_saved: 'The workspace was saved.',
	workspace_removed: 'The workspace and everything in it were deleted.',
	app_keys_saved: 'The app keys were saved. They are encrypted, and shown to nobody again.',
	scopes_saved:
		'The scopes were saved. Add them to an organisation that is connected already by its Add scopes.',
	app_keys_verified: 'Xero accepts these keys.',
	replay_cancelled: 'The replay was cancelled. What it has made so far goes out.',
	organisation_enabled: 'The organisation is switched on.',
	organisation_disabled: 'The organisation is switched off: no workflow can reach it.',
	organisation_removed: 'The organisation was disconnected, here and at Xero.',
	organisation_shared:
		'The organisation was disconnected from this workspace. Another workspace uses it too, so it stays connected at Xero.',
	organisation_left:
		'The organisation was disconnected here. The hub has no keys that Xero accepts, so it stays connected there until you disconnect it at Xero, under Connected apps.',
	client_offboarded:
		'Off-boarded: it is disconnected, and what was kept of it is being deleted. The audit log says what was done.',
	client_offboarded_left:
		'Off-boarded here, and what was kept is being deleted. At Xero it is still connected: disconnect the app there, under Connected apps.',
	connect_link_disabled: 'The old public link has ended. What was connected by it stays.',
	connect_link_ended: 'The link has ended: it connects nothing any more.',
	organisation_confirmed: 'Confirmed: workflows can reach the organisation now.',
	organisation_replaced: 'The organisation is reached through the new consent from now on.',
	organisation_declined: 'The organisation stays as it was. The other consent is forgotten.',
	replacement_waits:
		'Nothing was changed yet: another Xero user had connected an organisation before. Decide below.',
	write_policy_saved: 'What automation may write was saved.',
	organisations_saved: 'Your choice was saved.',
	admin_key_revoked:
		'The admin key was revoked, and the connect links that were made with it have ended.',
	api_key_revoked: 'The key was revoked. Whatever still shows it is refused from now on.',
	payloads_routed: 'They are routed again now. What still cannot be read comes back to this list.',
	payloads_dismissed: 'Dismissed. The bytes are kept as long as those of any other payload.',
	alert_acknowledged: 'Noted: you have read it.',
	channel_removed: 'The channel was removed: it is told nothing more.',
	replayed: 'The delivery will go out again in a moment.',
	workflow_moved: 'Deliveries go to the new address from now on, those that waited too.',
	queue_adopted: 'The queue was adopted: what waited goes out now.',
	queue_discarded: 'The queue was discarded. Its events stay, and can be sent again.',
	sync_enabled: 'Sync is switched on: what is due runs now.',
	sync_disabled: 'Sync is switched off. What is known of the records stays.',
	sync_begun:
		'It is kept up to date from now on. The first run stores what is there and tells nothing.',
	sync_running: 'It runs now.',
	sync_busy:
		'A run was under way already. What you asked for was not begun: try again once it has ended.',
	sync_paused: 'Paused. It goes on where it was once you resume it.',
	sync_resumed: 'Resumed: it runs now, and by its schedule from then on.',
	sync_saved: 'The schedule was saved.',
	sweeps_allowed: 'The whole list is read once a month from now on.',
	sweeps_stopped: 'The whole list is not read by itself any more.',
	link_removed: 'The link was removed. Both records stay as they are.',
	links_imported: 'The rows were imported. Links without an organisation wait to be migrated.',
	links_tried: 'Tried: nothing was changed. See below what a migration would do.',
	links_migrating: 'It goes on by itself, also when you close this page.',
	links_reverted: 'The links were taken back.',
	push_retried: 'They are taken up once more now.',
	push_resolved: 'Noted: the record goes on by your word.',
	push_undone: 'It is being undone. This page says what could not be taken back.',
	mappings_saved:
		'Saved. Workflows use it from their next run on; records of pushes that waited for it need a retry.',
	mappings_unchosen: 'Nothing was chosen, so nothing was saved.',
	mapping_removed: 'The mapping was removed. The value is asked about again when it is used.',
	mapping_dismissed: 'Dismissed. The value comes back when it is used again.',
	mappings_imported: 'The rows were imported.',
	mappings_copied: 'The mappings were copied.',
	mapping_account_created: 'The account was made in Xero.',
	mapping_account_mapped: 'The account was made in Xero, and the value is mapped to it.',
	user_saved: 'The access was changed.',
	link_revoked: 'The link was revoked: it lets nobody in any more.',
	sign_in_late: 'That took too long. Sign in once more.',
	totp_late: 'That took too long. Begin once more.',
	totp_added: 'The app is set up: it is asked for at your next sign-in.',
	totp_removed: 'The app was removed: it is asked for no more.',
	confirmed: 'Confirmed.',
	second_factor_required: 'This hub asks everybody for a second factor. Set one up to go on.',
	second_factor_reset: 'The second factor was taken away, and the person is told.',
	reset_read: 'Noted: you have read it.',
	passkey_added: 'The passkey was added: it signs you in without the password.',
	passkey_failed:
		'The passkey was not added: the answer came too late, or was not the one asked for. Try again.',
	passkey_renamed: 'The passkey has its new name.',
	passkey_removed: 'The passkey was removed: it opens nothing any more.',
	session_ended: 'That browser is signed out.',
	sessions_ended: 'Signed out everywhere.',
	other_sessions_ended: 'All other browsers are signed out.',
	user_removed: 'The person was removed and signed out everywhere.',
} as const;

export type Notice = keyof typeof NOTICES;

/** @param done from the address; anything may stand there */
export function noticeText(done: unknown): string | undefined {
	return typeof done === 'string' && Object.hasOwn(NOTICES, done)
		? NOTICES[done as Notice]
		: undefined;
}
