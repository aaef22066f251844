import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FilesApi } from 'xero-node';
import type { Folder } from 'xero-node/dist/gen/model/files/folder';
import { ObjectGroup } from 'xero-node/dist/gen/model/files/objectGroup';
import { ObjectType } from 'xero-node/dist/gen/model/files/objectType';
import { temporaryFolder } from '../support/temporaryFolder';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

/** Xero's own SDK, as a client that knows nothing of us, in the file library. */
let sandbox: ConnectedSandbox;
let api: FilesApi;
let tenantId: string;
const folder = temporaryFolder();

beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, ['files', 'accounting.contacts']);
	({ tenantId } = sandbox);
	api = new FilesApi(`${sandbox.url}/files.xro/1.0`);
	api.accessToken = sandbox.tokens.access_token;
});
afterAll(async () => {
	await sandbox.close();
	folder.remove();
});

const uploaded = async (name: string) =>
	(await api.uploadFile(tenantId, Buffer.from(`This is ${name}`), name, name)).body;
const idOf = ({ id }: { readonly id?: string | undefined }) => id as string;

it('uploads a file from disk into a folder, and gets its bytes back', async () => {
	const path = join(folder.path, 'lease.pdf');
	await writeFile(path, Buffer.from([0, 1, 128, 255]));
	const leases = (await api.createFolder(tenantId, { name: 'Leases' })).body;

	const { body: file } = await api.uploadFileToFolder(
		tenantId,
		idOf(leases),
		createReadStream(path),
		'lease.pdf',
		'lease.pdf',
		undefined,
		'application/pdf',
	);

	expect(file).toMatchObject({
		name: 'lease.pdf',
		mimeType: 'application/pdf',
		size: 4,
		folderId: leases.id,
	});
	const { body: content } = await api.getFileContent(tenantId, idOf(file));
	expect([...content]).toEqual([0, 1, 128, 255]);
	expect((await api.getFolder(tenantId, idOf(leases))).body.fileCount).toBe(1);
});

it('uploads bytes into the inbox, under the name in the form', async () => {
	const file = await uploaded('note.txt');

	expect(file).toMatchObject({ name: 'note.txt', size: 16 });
	expect((await api.getInbox(tenantId)).body).toMatchObject({ id: file.folderId, isInbox: true });
	expect((await api.getFile(tenantId, idOf(file))).body).toEqual(file);
});

it('lists files sorted, and folders', async () => {
	for (const name of ['a.txt', 'z.txt']) await uploaded(name);

	const { body } = await api.getFiles(tenantId, 2, 1, 'Name', 'DESC');
	const folders = (await api.getFolders(tenantId)).body as unknown as readonly Folder[];

	expect(body).toMatchObject({
		page: 1,
		perPage: 2,
		items: [{ name: 'z.txt' }, expect.anything()],
	});
	expect(folders[0]).toMatchObject({ name: 'Inbox', isInbox: true });
});

it('renames a file and a folder', async () => {
	const file = await uploaded('draft.txt');
	const folder = (await api.createFolder(tenantId, { name: 'Old' })).body;

	const renamed = await api.updateFile(tenantId, idOf(file), { name: 'final.txt' });
	const other = await api.updateFolder(tenantId, idOf(folder), { name: 'New' });

	expect(renamed.body).toMatchObject({ id: file.id, name: 'final.txt' });
	expect(other.body).toMatchObject({ id: folder.id, name: 'New' });
});

it('ties a file to a contact, finds the tie from both ends, and unties it', async () => {
	const fileId = idOf(await uploaded('card.txt'));
	const [contact] = (await sandbox.get('/Contacts?page=1')).json.Contacts;
	const objectId = contact.ContactID;

	const tied = await api.createFileAssociation(tenantId, fileId, {
		objectId,
		objectGroup: ObjectGroup.Contact,
		objectType: ObjectType.Business,
	});
	const ofFile = await api.getFileAssociations(tenantId, fileId);
	const ofContact = await api.getAssociationsByObject(tenantId, objectId);
	const untied = await api.deleteFileAssociation(tenantId, fileId, objectId);

	const tie = { fileId, objectId, objectGroup: 'Contact', objectType: 'Business' };
	expect(tied.body).toMatchObject(tie);
	expect(ofFile.body).toEqual([expect.objectContaining(tie)]);
	expect(ofContact.body[0]).toMatchObject(tie);
	expect(untied.response.status).toBe(204);
});

it('deletes a file, and is told of a kind that Xero does not take', async () => {
	const fileId = idOf(await uploaded('gone.txt'));

	const deleted = await api.deleteFile(tenantId, fileId);
	const refused = await uploaded('virus.exe').then(() => 'nothing', String);

	expect(deleted.response.status).toBe(204);
	await expect(api.getFile(tenantId, fileId)).rejects.toContain('404');
	expect(refused).toContain('Extension: exe is not a valid File extension.');
});
