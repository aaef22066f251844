import { refuseInput, success, type Outcome } from '../../errors/failure';
import { getOptions } from '../../fields/readOptions';
import { journalKind } from '../../kinds/journalKind';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { callEach } from '../../requests/callEach';
import { readCollection } from '../../requests/readCollection';
import { singleCall } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';
import { parseXeroId } from '../../values/xeroId';

const { path, scope, name } = journalKind.collection;

export const description: OperationModule['description'] = [
	{
		displayName: 'Journal',
		name: 'journal',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 4711',
		description: 'The number or the ID of the journal to read',
	},
	getOptions,
];

export const request = singleCall('GET', `${path}/{ID}`, scope);

export const execute: OperationModule['execute'] = async (run) => {
	const present = presenter(run, journalKind);
	return await callEach(run, {
		effect: 'read',
		scope,
		build(item) {
			const key = journalKey(run.parameter('journal', item, ''));
			return key.ok
				? success({ method: 'GET', path: `${path}/${key.value}`, key: key.value })
				: key;
		},
		read(answer, item) {
			const records = readCollection(answer, name)?.records ?? [];
			return done(...records.map((record) => present(record, item)));
		},
		notFound: ({ key }) => ({ message: `Xero has no journal ${key}` }),
	});
};

/** Xero takes either in the same place. */
function journalKey(value: unknown): Outcome<string> {
	const text = String(value ?? '').trim();
	if (text === '') return refuseInput('Journal is not set', 'Give its number or its ID.');
	return /^\d{1,15}$/.test(text) ? success(text) : parseXeroId(text, 'Journal');
}
