import type { AccountingCall, AccountingResource } from '../accounting/AccountingResource';
import { notFound } from '../accounting/apiError';
import { isObject, type Element } from '../accounting/writing/readElements';
import { json, type Reply } from '../http/Reply';
import type { FileFolder } from '../world/StoredFile';
import { randomGuid } from '../world/random';
import { fileRefusal } from './fileRefusal';

export const folders: AccountingResource = {
	name: 'Folders',
	scopes: ['files'],
	routes: [
		{ method: 'GET', path: '/Folders', handle: list },
		{ method: 'POST', path: '/Folders', handle: create },
		{ method: 'GET', path: '/Folders/:id', handle: one },
		{ method: 'GET', path: '/Inbox', handle: (call) => json(200, present(call, inboxOf(call))) },
	],
};

/** Every organisation has one, from the first time that somebody looks. */
export function inboxOf(call: AccountingCall): FileFolder {
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

function list(call: AccountingCall): Reply {
	const inbox = inboxOf(call);
	const others = call.books.folders.inUpdateOrder().filter(({ id }) => id !== inbox.id);
	return json(
		200,
		[inbox, ...others].map((folder) => present(call, folder)),
	);
}

function one(call: AccountingCall): Reply {
	const folder = call.books.folders.get(call.params['id']?.toLowerCase() ?? '');
	return folder === undefined ? notFound() : json(200, present(call, folder));
}

function create(call: AccountingCall): Reply {
	const name = nameOf(call);
	if (name === undefined) return fileRefusal('Name is required');
	if (/[<>:"/\\|?*]/.test(name)) return fileRefusal('Name contains one or more bad characters');
	const isTaken = [...call.books.folders.values()].some(
		(folder) => folder.name.toLowerCase() === name.toLowerCase(),
	);
	if (isTaken) return fileRefusal('A folder with this name already exists');
	const folder: FileFolder = {
		id: randomGuid(call.context.random),
		updatedMs: call.nowMs,
		name,
		isInbox: false,
	};
	call.transaction.put(call.books.folders, folder);
	return json(200, present(call, folder));
}

function nameOf(call: AccountingCall): string | undefined {
	try {
		const body: unknown = JSON.parse(call.request.body.toString());
		const name = isObject(body) ? body['Name'] : undefined;
		return typeof name === 'string' && name.trim() !== '' ? name.trim() : undefined;
	} catch {
		return undefined;
	}
}

function present({ books, organisation }: AccountingCall, folder: FileFolder): Element {
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
