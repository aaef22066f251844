import { refuseInput, success, type Outcome } from '../../errors/failure';
import { keyOptionsField } from '../../fields/writeOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { createRequest } from '../../requests/RequestFacts';
import { writeRecords } from '../../requests/writeRecords';
import { currencyKind } from './currencyKind';

const { collection } = currencyKind;

export const description: OperationModule['description'] = [
	{
		displayName: 'Code',
		name: 'code',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. EUR',
		description: 'The three letters of ISO 4217',
	},
	keyOptionsField,
];

export const request = createRequest(collection);

export const execute: OperationModule['execute'] = async (run) =>
	await writeRecords(run, {
		collection,
		method: 'PUT',
		build: (item) => newCurrency(run.parameter('code', item, '')),
	});

function newCurrency(value: unknown): Outcome<{ readonly Code: string }> {
	const code = String(value ?? '').trim();
	if (code === '') return refuseInput('Code is not set');
	return /^[A-Za-z]{3}$/.test(code)
		? success({ Code: code.toUpperCase() })
		: refuseInput(
				`Code is no currency code: ${JSON.stringify(value)}`,
				'It has three letters, such as EUR.',
			);
}
