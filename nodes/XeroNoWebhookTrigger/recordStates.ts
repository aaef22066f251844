import type { RecordStanding } from '../../hub-server/protocol/xero';

/** What is remembered of one record. */
export interface RecordState {
	/** Unix milliseconds of its last change; 0 where Xero told none. */
	readonly at: number;
	readonly standing: RecordStanding;
}

/** By the record's id. */
export type RecordStates = ReadonlyMap<string, RecordState>;

/**
 * As text, about 60 bytes for each: n8n writes all of a workflow's static data at once, and watches every
 * object in it through a proxy of its own.
 */
export function writeStates(states: RecordStates): string {
	return [...states]
		.map(([id, { at, standing }]) =>
			[
				id,
				at.toString(36),
				standing.status ?? '',
				standing.sent ? '1' : '',
				standing.mergedInto ?? '',
			]
				.map(encodeURIComponent)
				.join(' ')
				.trimEnd(),
		)
		.join(';');
}

export function readStates(text: string): RecordStates {
	const lines = text === '' ? [] : text.split(';');
	return new Map(
		lines.map((line) => {
			const [id = '', at = '', status = '', sent = '', mergedInto = ''] = line
				.split(' ')
				.map(decodeURIComponent);
			const standing = {
				status: status === '' ? null : status,
				sent: sent === '1',
				mergedInto: mergedInto === '' ? null : mergedInto,
			};
			return [id, { at: parseInt(at, 36), standing }];
		}),
	);
}
