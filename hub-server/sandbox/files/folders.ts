import { json, type Reply } from '../http/Reply';
import { notFound } from '../resource/apiError';
import type { ApiCall, ApiResource } from '../resource/ApiResource';
import { randomGuid } from '../world/random';
import type { FileFolder } from '../world/StoredFile';
import type { Element } from '../writing/readElements';
import { bodyOf } from './bodyOf';
import { BAD_CHARACTERS, fileRefusal } from './fileRefusal';

export const folders: ApiResource = {
	name: 'Folders',
	scopes: ['files'],
	routes: [
		{ method: 'GET', path: '/Folders', handle: list },
		{ method: 'POST', path: '/Folders', handle: create },
		{ method: 'GET', path: '/Folders/:id', handle: one },
		{ method: 'PUT', path: '/Folders/:id', handle: rename },
		{ method: 'GET', path: '/Inbox', handle: (call) => json(200, present(call, inboxOf(call))) },
	],
};

/** Every organisation has one, from the first time that somebody looks. */
export function inboxOf(call: ApiCall): FileFolder {
	const known = [...call.books.folders.values()].find(({ isInbox }) => isInbox);
	if (known !== undefined) return known;
	const inbox: FileFolder = {
		id: randomGuid(call.context.random),
		updatedMs: call.nowMs,
		name: 'Inbox',
		isInbox: true,
	};
	call.transaction.put(call.books.folders, inbox);
	return inbox;
}

function list(call: ApiCall): Reply {
	const inbox = inboxOf(call);
	const others = call.books.folders.inUpdateOrder().filter(({ id }) => id !== inbox.id);
	return json(
		200,
		[inbox, ...others].map((folder) => present(call, folder)),
	);
}

function one(call: ApiCall): Reply {
	const folder = folderOf(call);
	return folder === undefined ? notFound() : json(200, present(call, folder));
}

function create(call: ApiCall): Reply {
	return save(call, { id: randomGuid(call.context.random), isInbox: false });
}

function rename(call: ApiCall): Reply {
	const folder = folderOf(call);
	if (folder === undefined) return notFound();
	return folder.isInbox ? fileRefusal('The inbox cannot be renamed') : save(call, folder);
}

/** The folder under the name that was sent, if no other has it. */
function save(call: ApiCall, { id, isInbox }: Pick<FileFolder, 'id' | 'isInbox'>): Reply {
	const { Name } = bodyOf(call.request);
	const name = typeof Name === 'string' ? Name.trim() : '';
	if (name === '') return fileRefusal('Name is required');
	if (BAD_CHARACTERS.test(name)) return fileRefusal('Name contains one or more bad characters');
	const isTaken = [...call.books.folders.values()].some(
		(folder) => folder.id !== id && folder.name.toLowerCase() === name.toLowerCase(),
	);
	if (isTaken) return fileRefusal('A folder with this name already exists');
	const folder: FileFolder = { id, isInbox, name, updatedMs: call.nowMs };
	call.transaction.put(call.books.folders, folder);
	return json(200, present(call, folder));
}

function folderOf({ books, params }: ApiCall): FileFolder | undefined {
	return books.folders.get(params['id']?.toLowerCase() ?? '');
}

function present({ books, organisation }: ApiCall, folder: FileFolder): Element {
	const files = [...books.storedFiles.values()].filter(({ folderId }) => folderId === folder.id);
	return {
		Name: folder.name,
		FileCount: files.length,
		...(folder.isInbox && {
			Email: `xero.inbox.${organisation.tenantId.slice(0, 8)}@xerofiles.example`,
		}),
		IsInbox: folder.isInbox,
		Id: folder.id,
	};
}
