import type { AccountingApi } from 'xero-node/dist/gen/api/accountingApi';
import type { LimitHeaders } from '../../xero/pacing/observedLimits';

/**
 * The same API, and what each good answer says about itself beside its records: the limits stand in its
 * headers, and a record kind returns records only.
 */
export function overhear(
	api: AccountingApi,
	onAnswer: (answer: LimitHeaders) => Promise<void>,
): AccountingApi {
	return new Proxy(api, {
		get(target, name) {
			const member: unknown = Reflect.get(target, name);
			if (typeof member !== 'function') return member;
			return async (...args: unknown[]) => {
				const answer = (await member.apply(target, args)) as { readonly response: LimitHeaders };
				const { status, headers } = answer.response;
				await onAnswer({ status, headers });
				return answer;
			};
		},
	});
}
