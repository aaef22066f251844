import {
	parameter,
	type AccountingCall,
	type AccountingResource,
} from '../accounting/AccountingResource';
import { itemPage } from '../http/itemPage';
import type { Reply } from '../http/Reply';
import { pick, randomGuid, seededRandom } from '../world/random';

/** Projects 2.0, to read: always the same few for an organisation. */
export const projectResources: readonly AccountingResource[] = [
	{
		name: 'Projects',
		scopes: ['projects'],
		routes: [{ method: 'GET', path: '/Projects', handle: list }],
	},
];

const NAMES = ['New Kitchen', 'Website', 'Office Move', 'Annual Audit', 'Roof Repair'];

function list(call: AccountingCall): Reply {
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

function projectsOf({ organisation, books }: AccountingCall) {
	const random = seededRandom(`the projects of ${organisation.tenantId}`);
	const contacts = [...books.contacts.values()];
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
			totalInvoiced: money(0),
			totalToBeInvoiced: money(minutes * 2),
			estimate: money(minutes * 2 + 500),
			status: index % 4 === 0 ? 'CLOSED' : 'INPROGRESS',
		};
	});
}
