import type { Reply } from '../http/Reply';
import type { ApiCall } from '../resource/ApiResource';
import { feedProblem, problemReply } from './feedProblem';

/** The Bank Feeds API is closed: Xero approves each app, and not every organisation can have feeds. */
export function forApproved(handle: (call: ApiCall) => Reply): (call: ApiCall) => Reply {
	return (call) => {
		const { approved, organisationAllowed } = call.context.faults().bankFeeds;
		if (!approved || !call.app.bankFeeds) return problemReply(feedProblem('invalid-application'));
		if (!organisationAllowed) return problemReply(feedProblem('invalid-organisation-bank-feeds'));
		return handle(call);
	};
}
