import { parameter } from '../http/parameter';
import { empty, json, type Reply } from '../http/Reply';
import { notFound } from '../resource/apiError';
import type { ApiCall, ApiResource } from '../resource/ApiResource';
import { randomGuid } from '../world/random';
import type { StoredFile } from '../world/StoredFile';
import type { Element } from '../writing/readElements';
import { bodyOf } from './bodyOf';
import { fileOf } from './fileOf';
import { BAD_CHARACTERS, fileRefusal, renameRefusal } from './fileRefusal';
import { inboxOf } from './folders';
import { readMultipart } from './readMultipart';

export const files: ApiResource = {
	name: 'Files',
	scopes: ['files'],
	routes: [
		{ method: 'GET', path: '/Files', handle: list },
		{ method: 'POST', path: '/Files', handle: (call) => upload(call, inboxOf(call).id) },
		{ method: 'POST', path: '/Files/:id', handle: uploadInto },
		{ method: 'GET', path: '/Files/:id', handle: one },
		{ method: 'PUT', path: '/Files/:id', handle: update },
		{ method: 'DELETE', path: '/Files/:id', handle: remove },
		{ method: 'GET', path: '/Files/:id/Content', handle: content },
	],
};

const SORTS: Readonly<Record<string, (a: StoredFile, b: StoredFile) => number>> = {
	name: (a, b) => a.name.localeCompare(b.name),
	size: (a, b) => a.bytes.length - b.bytes.length,
	createddateutc: (a, b) => a.createdMs - b.createdMs,
};

function list(call: ApiCall): Reply {
	const order = SORTS[parameter(call.request, 'sort')?.toLowerCase() ?? ''];
	const sign = parameter(call.request, 'direction')?.toLowerCase() === 'desc' ? -1 : 1;
	const all = [...call.books.storedFiles.inUpdateOrder()];
	if (order !== undefined) all.sort((a, b) => sign * order(a, b));
	const page = Math.max(1, Number(parameter(call.request, 'page') ?? 1));
	const perPage = Math.min(100, Math.max(1, Number(parameter(call.request, 'pagesize') ?? 50)));
	return json(200, {
		TotalCount: all.length,
		Page: page,
		PerPage: perPage,
		Items: all.slice((page - 1) * perPage, page * perPage).map((file) => present(call, file)),
	});
}

function uploadInto(call: ApiCall): Reply {
	const folder = call.books.folders.get(call.params['id']?.toLowerCase() ?? '');
	return folder === undefined ? notFound() : upload(call, folder.id);
}

function upload(call: ApiCall, folderId: string): Reply {
	const sent = readMultipart(call.request);
	if (sent === undefined) return fileRefusal('No file was found in the request');
	const extension = /\.([A-Za-z0-9]+)$/.exec(sent.name)?.[1]?.toLowerCase() ?? '';
	if (!EXTENSIONS.has(extension)) {
		return fileRefusal(`Extension: ${extension} is not a valid File extension.`);
	}
	const file: StoredFile = {
		...sent,
		id: randomGuid(call.context.random),
		updatedMs: call.nowMs,
		createdMs: call.nowMs,
		folderId,
		associations: [],
	};
	call.transaction.put(call.books.storedFiles, file);
	return json(201, present(call, file));
}

/** The common ones of Xero's list. */
const EXTENSIONS = new Set(
	'csv doc docx eml gif jpeg jpg key msg numbers ods odt pages pdf png ppt pptx rtf tiff txt xls xlsx zip'.split(
		' ',
	),
);

function one(call: ApiCall): Reply {
	const file = fileOf(call);
	return file === undefined ? notFound() : json(200, present(call, file));
}

/** Another name, another folder, or both. */
function update(call: ApiCall): Reply {
	const file = fileOf(call);
	if (file === undefined) return notFound();
	const { Name = file.name, FolderId = file.folderId } = bodyOf(call.request);
	if (typeof Name !== 'string' || Name.trim() === '' || BAD_CHARACTERS.test(Name)) {
		return renameRefusal(file.id, String(Name));
	}
	const folder = call.books.folders.get(String(FolderId).toLowerCase());
	if (folder === undefined) return notFound();
	const changed = { ...file, name: Name.trim(), folderId: folder.id, updatedMs: call.nowMs };
	call.transaction.put(call.books.storedFiles, changed);
	return json(200, present(call, changed));
}

function remove(call: ApiCall): Reply {
	const file = fileOf(call);
	if (file === undefined) return notFound();
	call.transaction.remove(call.books.storedFiles, file.id);
	return empty(204);
}

function content(call: ApiCall): Reply {
	const file = fileOf(call);
	return file === undefined
		? notFound()
		: { status: 200, headers: { 'content-type': file.mimeType }, body: file.bytes };
}

function present({ books }: ApiCall, file: StoredFile): Element {
	const [user] = books.users.values();
	return {
		Name: file.name,
		MimeType: file.mimeType,
		Size: file.bytes.length,
		CreatedDateUtc: sevenDecimals(file.createdMs),
		UpdatedDateUtc: sevenDecimals(file.updatedMs),
		...(user !== undefined && {
			User: {
				Id: user.id,
				Name: user.email,
				FirstName: user.firstName,
				LastName: user.lastName,
				FullName: `${user.firstName} ${user.lastName}`,
			},
		}),
		FolderId: file.folderId,
		Id: file.id,
	};
}

/** `2021-02-10T16:02:54.9930000`: UTC without a zone. */
function sevenDecimals(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, -1)}0000`;
}
