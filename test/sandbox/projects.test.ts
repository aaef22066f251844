import { answerOf, connectSandbox, type ConnectedSandbox } from './connectedSandbox';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, ['projects.read', 'accounting.contacts']);
});
afterAll(() => sandbox.close());

interface Project {
	readonly projectId: string;
	readonly contactId: string;
	readonly status: string;
}
const get = async (path: string) =>
	await answerOf(
		await sandbox.call(sandbox.tokens, sandbox.tenantId, 'GET', `/projects.xro/2.0${path}`),
	);
const projects = async (query = '') =>
	(await get(`/Projects?${query}`)).json['items'] as [Project, ...Project[]];

it('lists the projects, fifty at a time', async () => {
	expect((await get('/Projects')).json).toMatchObject({
		pagination: { page: 1, pageSize: 50, pageCount: 1, itemCount: 12 },
	});
	expect(await projects('page=2&pageSize=10')).toHaveLength(2);
});

it('filters by state, contact and ids', async () => {
	const [one, other] = await projects();

	const closed = await projects('states=CLOSED');
	const ofContact = await projects(`contactID=${one.contactId}`);
	const named = await projects(`projectIds=${one.projectId},${other?.projectId}`);

	expect(closed.map(({ status }) => status)).toEqual(['CLOSED', 'CLOSED', 'CLOSED']);
	expect(ofContact.every(({ contactId }) => contactId === one.contactId)).toBe(true);
	expect(named).toEqual([one, other]);
});

it('stays what it is while contacts are added, and is found by its id', async () => {
	const [before] = await projects();
	await sandbox.put('/Contacts', { Contacts: [{ Name: 'A new one' }] });

	expect((await get(`/Projects/${before.projectId}`)).json).toEqual(before);
	expect((await get(`/Projects/${UNKNOWN}`)).status).toBe(404);
});
