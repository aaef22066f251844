import { refuseInput, success } from '../errors/failure';
import { pickedId } from '../fields/Locator';
import { keyOptionsField } from '../fields/writeOptions';
import { addressOf, type RecordKind } from '../kinds/RecordKind';
import { callEach } from '../requests/callEach';
import { readAnswered } from '../requests/readAnswered';
import { readWritten } from '../requests/readWritten';
import { singleCall } from '../requests/RequestFacts';
import type { OperationModule } from './OperationModule';

/** Xero's limit for one note. */
const MAX_NOTE_LENGTH = 2500;

const COLLECTION = 'HistoryRecords';

/** *Get History*: every change and note of a record, an item each. */
export function getHistoryOperation(kind: RecordKind): OperationModule {
	const { collection, locator } = kind;
	return {
		description: [locator.field(`The ${collection.label} whose history to read`)],
		request: singleCall('GET', `${addressOf(kind)}/History`, collection.scope),
		execute: async (run) =>
			await callEach(run, {
				effect: 'read',
				scope: collection.scope,
				build(item) {
					const id = pickedId(run, kind.locator, item);
					if (!id.ok) return id;
					return success({ method: 'GET', path: `${addressOf(kind, id.value)}/History` });
				},
				read: (answer) => readAnswered(answer, COLLECTION),
			}),
	};
}

/** *Add Note*: a note in a record's history, which nobody can take back. */
export function addNoteOperation(kind: RecordKind): OperationModule {
	const { collection, locator } = kind;
	return {
		description: [
			locator.field(`The ${collection.label} to add the note to`),
			{
				displayName: 'Note',
				name: 'note',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				required: true,
				description: 'Up to 2,500 characters. A note cannot be changed or deleted.',
			},
			keyOptionsField,
		],
		request: singleCall('PUT', `${addressOf(kind)}/History`, collection.scope),
		execute: async (run) =>
			await callEach(run, {
				effect: 'write',
				scope: collection.scope,
				build(item) {
					const id = pickedId(run, kind.locator, item);
					if (!id.ok) return id;
					const note = String(run.parameter('note', item, '') ?? '').trim();
					if (note === '') return refuseInput('Note is not set', 'Write the text of the note.');
					if (note.length > MAX_NOTE_LENGTH) {
						return refuseInput(
							`Note has ${note.length} characters; Xero takes ${MAX_NOTE_LENGTH}`,
							'Shorten it, or add it as several notes.',
						);
					}
					return success({
						method: 'PUT',
						path: `${addressOf(kind, id.value)}/History`,
						body: { [COLLECTION]: [{ Details: note }] },
					});
				},
				read: (answer) => readWritten(answer, COLLECTION),
			}),
	};
}
