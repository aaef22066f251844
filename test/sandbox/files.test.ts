import { checkedFetch } from './checkedSandbox';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

const FILES = '/files.xro/1.0';
const GUID = expect.stringMatching(/^[0-9a-f-]{36}$/);
const DATE = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{7}$/);

let sandbox: ConnectedSandbox;
let token: string;
beforeAll(async () => {
	sandbox = await connectSandbox();
	token = (await sandbox.authorise(sandbox.app, { scopes: ['files', 'accounting.contacts'] }))
		.access_token;
});
afterAll(() => sandbox.close());

const send = async (method: string, path: string, body?: RequestInit['body'], type?: string) =>
	await checkedFetch(`${sandbox.url}${FILES}${path}`, {
		method,
		headers: {
			authorization: `Bearer ${token}`,
			'xero-tenant-id': sandbox.tenantId,
			...(type !== undefined && { 'content-type': type }),
		},
		...(body !== undefined && { body }),
	});
const sendJson = async (path: string, body: unknown, method = 'POST') =>
	await send(method, path, JSON.stringify(body), 'application/json');
const uploaded = async (name: string, bytes: Uint8Array<ArrayBuffer>, into = '') => {
	const form = new FormData();
	form.append(name, new Blob([bytes], { type: 'image/png' }), name);
	return await send('POST', `/Files${into}`, form);
};
interface Stored {
	readonly Id: string;
	readonly FolderId: string;
}
const one = async (name = 'logo.png') =>
	(await (await uploaded(name, new Uint8Array([1, 0, 255]))).json()) as Stored;

it('keeps what was uploaded, byte for byte, in the inbox', async () => {
	const bytes = new Uint8Array(256).map((_, index) => index);
	const response = await uploaded('every byte.png', bytes);

	expect(response.status).toBe(201);
	const file = (await response.json()) as Stored;
	expect(file).toEqual({
		Name: 'every byte.png',
		MimeType: 'image/png',
		Size: 256,
		CreatedDateUtc: DATE,
		UpdatedDateUtc: DATE,
		User: expect.objectContaining({ FullName: 'Sandbox Owner' }),
		FolderId: GUID,
		Id: GUID,
	});
	const content = await send('GET', `/Files/${file.Id}/Content`);
	expect(content.headers.get('content-type')).toBe('image/png');
	expect(new Uint8Array(await content.arrayBuffer())).toEqual(bytes);
	expect(await (await send('GET', '/Inbox')).json()).toMatchObject({
		Id: file.FolderId,
		IsInbox: true,
	});
});

it('has folders to upload into', async () => {
	const folder = (await (await sendJson('/Folders', { Name: 'Contracts' })).json()) as Stored;
	const file = (await (
		await uploaded('lease.pdf', new Uint8Array([1]), `/${folder.Id}`)
	).json()) as Stored;

	expect(file.FolderId).toBe(folder.Id);
	expect(await (await send('GET', '/Folders')).json()).toEqual([
		{
			Name: 'Inbox',
			FileCount: expect.any(Number),
			Email: expect.any(String),
			IsInbox: true,
			Id: GUID,
		},
		{ Name: 'Contracts', FileCount: 1, IsInbox: false, Id: folder.Id },
	]);
	expect((await sendJson('/Folders', { Name: 'contracts' })).status).toBe(400);
});

it('renames files and folders, but not the inbox, and moves a file', async () => {
	const { Id, FolderId: inbox } = await one('draft.pdf');
	const folder = (await (await sendJson('/Folders', { Name: 'Leases' })).json()) as Stored;

	const moved = await sendJson(`/Files/${Id}`, { Name: 'final.pdf', FolderId: folder.Id }, 'PUT');
	const renamed = await sendJson(`/Folders/${folder.Id}`, { Name: 'Signed' }, 'PUT');

	expect(await moved.json()).toMatchObject({ Id, Name: 'final.pdf', FolderId: folder.Id });
	expect(await renamed.json()).toMatchObject({ Id: folder.Id, Name: 'Signed', FileCount: 1 });
	expect(await (await sendJson(`/Files/${Id}`, { Name: 'a:b' }, 'PUT')).json()).toEqual([
		{ type: 'Rename', title: 'Rename failed', detail: `Unable to rename ${Id} to a:b` },
	]);
	expect((await sendJson(`/Folders/${inbox}`, { Name: 'Mine' }, 'PUT')).status).toBe(400);
});

it('lists in pages, sorted as wished', async () => {
	await one('a.png');
	await one('z.png');

	const page = async (query: string) =>
		(await (await send('GET', `/Files?${query}`)).json()) as {
			readonly TotalCount: number;
			readonly Items: readonly { readonly Name: string }[];
		};
	const all = await page('pagesize=100&sort=Name&direction=DESC');
	const names = all.Items.map(({ Name }) => Name);
	expect(names).toEqual([...names].sort((a, b) => b.localeCompare(a)));
	expect(await page('pagesize=1&page=2&sort=Name&direction=DESC')).toMatchObject({
		TotalCount: all.TotalCount,
		Page: 2,
		PerPage: 1,
		Items: [{ Name: names[1] }],
	});
});

it('ties a file to a record of the right kind', async () => {
	const { Id } = await one();
	const [contact] = (await sandbox.get('/Contacts?page=1')).json.Contacts;
	const tie = (ObjectGroup: string) =>
		sendJson(`/Files/${Id}/Associations`, { ObjectId: contact.ContactID, ObjectGroup });

	expect((await tie('Contact')).status).toBe(201);
	const wrong = await tie('Invoice');
	expect(wrong.status).toBe(400);
	expect(await wrong.json()).toEqual([
		{ type: 'Validation', title: 'Validation failure', detail: 'Object is not a Invoice' },
	]);
	const known = [
		{ FileId: Id, ObjectId: contact.ContactID, ObjectGroup: 'Contact', ObjectType: 'Business' },
	];
	expect(await (await send('GET', `/Files/${Id}/Associations`)).json()).toEqual(known);
	expect(await (await send('GET', `/Associations/${contact.ContactID}`)).json()).toEqual(known);
	const untie = () => send('DELETE', `/Files/${Id}/Associations/${contact.ContactID}`);
	expect([(await untie()).status, (await untie()).status]).toEqual([204, 404]);
});

it('deletes, and then knows nothing', async () => {
	const { Id } = await one();

	expect((await send('DELETE', `/Files/${Id}`)).status).toBe(204);
	for (const path of [`/Files/${Id}`, `/Files/${Id}/Content`]) {
		expect((await send('GET', path)).status).toBe(404);
	}
});

it('refuses other kinds of files, and tokens without the scope', async () => {
	const response = await uploaded('virus.exe', new Uint8Array([1]));
	expect(await response.json()).toMatchObject([
		{ detail: 'Extension: exe is not a valid File extension.' },
	]);

	const { access_token } = await sandbox.authorise(await sandbox.createApp(), {
		scopes: ['files.read'],
	});
	token = access_token;
	expect((await send('GET', '/Files')).status).toBe(200);
	expect((await sendJson('/Folders', { Name: 'Mine' })).status).toBe(401);
});
