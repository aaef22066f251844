import { success } from '../../errors/failure';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { readAnswered } from '../../requests/readAnswered';
import { singleCall } from '../../requests/RequestFacts';

const path = 'api.xro/2.0/InvoiceReminders/Settings';
const scope = 'accounting.settings';

export const description: OperationModule['description'] = [];

export const request = singleCall('GET', path, scope);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope,
		build: () => success({ method: 'GET', path }),
		read: (answer) => readAnswered(answer, 'InvoiceReminders'),
	});
