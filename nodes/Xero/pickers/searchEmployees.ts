import { NodeOperationError, type ILoadOptionsFunctions } from 'n8n-workflow';

import type { XeroReply } from '../messages/XeroReply';
import { employeeKind } from '../payroll/employeeKind';
import { collectionOf } from '../payroll/PayrollKind';
import { payrollField, versionOf, type PayrollVersion } from '../payroll/payrollVersion';
import { ORGANISATION_PATH, ORGANISATIONS } from '../requests/organisationAddress';
import { readCollection } from '../requests/readCollection';
import { answerForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';
import { searchUnsearched } from './searchUnsearched';

const PAGE_SIZE = 100;

export const searchEmployees: SearchMethod = async function (filter, paginationToken) {
	const { name, path, idField } = collectionOf(employeeKind, await chosenVersion(this));
	const readPage = async (page: number) => {
		const request = { path, query: { page: String(page) } };
		const read = (reply: XeroReply) => readCollection(reply, name);
		const { records } = await answerForPicker(this, request, read);
		const entries = records.map((employee) => ({
			name: [employee.FirstName ?? employee.firstName, employee.LastName ?? employee.lastName]
				.filter(Boolean)
				.join(' '),
			value: String(employee[idField]),
		}));
		return { entries, hasMore: records.length === PAGE_SIZE };
	};
	return await searchUnsearched(readPage, filter, paginationToken);
};

async function chosenVersion(context: ILoadOptionsFunctions): Promise<PayrollVersion> {
	const chosen = context.getCurrentNodeParameter(payrollField.name);
	if (chosen === '1.0' || chosen === '2.0') return chosen;
	const { records } = await answerForPicker(context, { path: ORGANISATION_PATH }, (reply) =>
		readCollection(reply, ORGANISATIONS),
	);
	const version = versionOf(records[0]?.CountryCode);
	if (version.ok) return version.value;
	const { message, description } = version.failure;
	throw new NodeOperationError(context.getNode(), message, { description });
}
