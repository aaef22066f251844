import type { IDataObject } from 'n8n-workflow';

import { isNamed } from '../../../hub-server/protocol/xero';
import { fateUnknown } from '../errors/fateUnknown';
import type { AnsweredReply } from '../messages/XeroReply';
import { done, failed, type ItemOutcome } from '../run/ItemOutcome';

/**
 * What became of a write to an API that answers with the record itself (files, folders): saved only
 * where the answer is a record with an id.
 *
 * @param idField such as `Id`
 */
export function readWrittenItem({ body }: AnsweredReply, idField: string): ItemOutcome {
	if (typeof body !== 'object' || body === null || Array.isArray(body))
		return failed(fateUnknown.unmentioned);
	const record = body as IDataObject;
	return isNamed(record, idField) ? done(record) : failed(fateUnknown.unnamed);
}
