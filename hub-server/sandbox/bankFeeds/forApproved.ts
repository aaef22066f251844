import type { AccountingCall } from '../resource/ApiResource';
import type { Reply } from '../http/Reply';
import { feedProblem, problemReply } from './feedProblem';

/** The Bank Feeds API is closed: Xero approves each app, and not every organisation can have feeds. */
export function forApproved(
	handle: (call: AccountingCall) => Reply,
): (call: AccountingCall) => Reply {
	return (call) => {
		const { approved, organisationAllowed } = call.context.faults().bankFeeds;
		if (!approved || !call.app.bankFeeds) return problemReply(feedProblem('invalid-application'));
		if (!organisationAllowed) return problemReply(feedProblem('invalid-organisation-bank-feeds'));
		return handle(call);
	};
}
