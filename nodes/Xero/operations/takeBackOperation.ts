import { refuseInput, success } from '../errors/failure';
import type { RecordKind } from '../kinds/RecordKind';
import type { OperationModule } from './OperationModule';
import { statusOperation } from './statusOperation';

export interface TakenBack {
	/** Begins the refusal, such as `Invoice`. */
	readonly noun: string;
	/** The member that people know the document by. */
	readonly numberField: string;
	/** What to do first where the document is paid. */
	readonly whenPaid: string;
}

/**
 * *Void or Delete*: Xero deletes what was never approved and voids what was; nothing else can be taken
 * back.
 */
export function takeBackOperation(
	kind: RecordKind,
	{ noun, numberField, whenPaid }: TakenBack,
): OperationModule {
	return statusOperation(kind, {
		verb: 'to take back',
		change({ Status: status, [numberField]: number }) {
			switch (status) {
				case 'DRAFT':
				case 'SUBMITTED':
					return success({ Status: 'DELETED' });
				case 'AUTHORISED':
					return success({ Status: 'VOIDED' });
				default:
					return refuseInput(
						`${noun} ${String(number)} is ${String(status)} and cannot be voided or deleted`,
						status === 'PAID' ? whenPaid : undefined,
					);
			}
		},
	});
}
