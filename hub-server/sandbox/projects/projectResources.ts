import { itemPage } from '../http/itemPage';
import { parameter } from '../http/parameter';
import { json, type Reply } from '../http/Reply';
import { notFound } from '../resource/apiError';
import type { ApiCall, ApiResource } from '../resource/ApiResource';
import { utcString } from '../resource/xeroDate';
import { pick, randomGuid, seededRandom } from '../world/random';

/** Projects 2.0, to read: always the same few for an organisation. */
export const projectResources: readonly ApiResource[] = [
	{
		name: 'Projects',
		scopes: ['projects'],
		routes: [
			{ method: 'GET', path: '/Projects', handle: list },
			{ method: 'GET', path: '/Projects/:id', handle: one },
		],
	},
];

const NAMES = ['New Kitchen', 'Website', 'Office Move', 'Annual Audit', 'Roof Repair'];

function list(call: ApiCall): Reply {
	const ids = parameter(call.request, 'projectIds')?.toLowerCase().split(',');
	const contactId = parameter(call.request, 'contactID')?.toLowerCase();
	const states = parameter(call.request, 'states')?.toUpperCase().split(',');
	const projects = projectsOf(call).filter(
		(project) =>
			ids?.includes(project.projectId) !== false &&
			(contactId === undefined || project.contactId === contactId) &&
			states?.includes(project.status) !== false,
	);
	return itemPage(call.request, { usualSize: 50 }, projects, (project) => project);
}

function one(call: ApiCall): Reply {
	const id = call.params['id']?.toLowerCase();
	const project = projectsOf(call).find(({ projectId }) => projectId === id);
	return project === undefined ? notFound() : json(200, project);
}

function projectsOf({ organisation, books }: ApiCall) {
	const random = seededRandom(`the projects of ${organisation.tenantId}`);
	const contacts = [...books.contacts.values()].slice(0, 5);
	const money = (value: number) => ({ currency: organisation.baseCurrency, value });
	return Array.from({ length: 12 }, (_, index) => {
		const minutes = Math.floor(random() * 3_000);
		return {
			projectId: randomGuid(random),
			contactId: pick(random, contacts).id,
			name: `${pick(random, NAMES)} ${index + 1}`,
			currencyCode: organisation.baseCurrency,
			minutesLogged: minutes,
			totalTaskAmount: money(minutes * 2),
			totalExpenseAmount: money(0),
			minutesToBeInvoiced: minutes,
			taskAmountToBeInvoiced: money(minutes * 2),
			taskAmountInvoiced: money(0),
			expenseAmountToBeInvoiced: money(0),
			expenseAmountInvoiced: money(0),
			projectAmountInvoiced: money(0),
			deposit: money(0),
			depositApplied: money(0),
			creditNoteAmount: money(0),
			totalInvoiced: money(0),
			totalToBeInvoiced: money(minutes * 2),
			deadlineUtc: utcString(Date.UTC(2027, index, 1, 11)),
			estimate: money(minutes * 2 + 500),
			status: index % 4 === 0 ? 'CLOSED' : 'INPROGRESS',
		};
	});
}
