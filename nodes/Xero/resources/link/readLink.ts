import type { IDataObject } from 'n8n-workflow';

import type { AnsweredReply } from '../../messages/XeroReply';
import { done, failed, type ItemOutcome } from '../../run/ItemOutcome';

/** The link that the hub answered with. */
export function readLink({ body, status }: AnsweredReply): ItemOutcome {
	const { externalId } = (body ?? {}) as { externalId?: unknown };
	return typeof externalId === 'string'
		? done(body as IDataObject)
		: failed({
				kind: 'api',
				message: 'The hub answered without a link',
				description: 'Check that the address in the Xero Hub API credential is that of the hub.',
				httpCode: String(status),
			});
}
