import {
	parameter,
	type AccountingCall,
	type AccountingResource,
} from '../accounting/AccountingResource';
import { notFound } from '../accounting/apiError';
import { isObject, type Element } from '../accounting/writing/readElements';
import { empty, json, type Reply } from '../http/Reply';
import type { Books } from '../world/Books';
import type { FileAssociation, StoredFile } from '../world/StoredFile';
import type { Table, TableRow } from '../world/Table';
import { randomGuid } from '../world/random';
import { fileRefusal } from './fileRefusal';
import { inboxOf } from './folders';
import { readMultipart } from './readMultipart';

export const files: AccountingResource = {
	name: 'Files',
	scopes: ['files'],
	routes: [
		{ method: 'GET', path: '/Files', handle: list },
		{ method: 'POST', path: '/Files', handle: (call) => upload(call, inboxOf(call).id) },
		{ method: 'POST', path: '/Files/:id', handle: uploadInto },
		{ method: 'GET', path: '/Files/:id', handle: withFile(present) },
		{ method: 'DELETE', path: '/Files/:id', handle: remove },
		{ method: 'GET', path: '/Files/:id/Content', handle: content },
		{ method: 'GET', path: '/Files/:id/Associations', handle: withFile(associationsOf) },
		{ method: 'POST', path: '/Files/:id/Associations', handle: associate },
	],
};

const SORTS: Readonly<Record<string, (a: StoredFile, b: StoredFile) => number>> = {
	name: (a, b) => a.name.localeCompare(b.name),
	size: (a, b) => a.bytes.length - b.bytes.length,
	createddateutc: (a, b) => a.createdMs - b.createdMs,
};

function list(call: AccountingCall): Reply {
	const [field = '', direction = ''] = (parameter(call.request, 'sort') ?? '')
		.toLowerCase()
		.split(' ');
	const order = SORTS[field];
	const all = [...call.books.storedFiles.inUpdateOrder()];
	if (order !== undefined) all.sort((a, b) => (direction === 'desc' ? -1 : 1) * order(a, b));
	const page = Math.max(1, Number(parameter(call.request, 'page') ?? 1));
	const perPage = Math.min(100, Math.max(1, Number(parameter(call.request, 'pagesize') ?? 50)));
	return json(200, {
		TotalCount: all.length,
		Page: page,
		PerPage: perPage,
		Items: all.slice((page - 1) * perPage, page * perPage).map(present),
	});
}

function uploadInto(call: AccountingCall): Reply {
	const folder = call.books.folders.get(call.params['id']?.toLowerCase() ?? '');
	return folder === undefined ? notFound() : upload(call, folder.id);
}

function upload(call: AccountingCall, folderId: string): Reply {
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
	return json(201, present(file));
}

/** The common ones of Xero's list. */
const EXTENSIONS = new Set(
	'csv doc docx eml gif jpeg jpg key msg numbers ods odt pages pdf png ppt pptx rtf tiff txt xls xlsx zip'.split(
		' ',
	),
);

function remove(call: AccountingCall): Reply {
	const file = find(call);
	if (file === undefined) return notFound();
	call.transaction.remove(call.books.storedFiles, file.id);
	return empty(204);
}

function content(call: AccountingCall): Reply {
	const file = find(call);
	return file === undefined
		? notFound()
		: { status: 200, headers: { 'content-type': file.mimeType }, body: file.bytes };
}

function associate(call: AccountingCall): Reply {
	const file = find(call);
	if (file === undefined) return notFound();
	const { ObjectId, ObjectGroup, ObjectType } = bodyOf(call);
	const objectId = String(ObjectId ?? '').toLowerCase();
	const objectGroup = String(ObjectGroup ?? '');
	const rows = GROUPS[objectGroup];
	if (rows === undefined) return fileRefusal('ObjectGroup is not valid');
	if (rows(call.books).get(objectId) === undefined) {
		return fileRefusal(`Object is not a ${objectGroup}`);
	}
	const association: FileAssociation = {
		objectId,
		objectGroup,
		objectType: typeof ObjectType === 'string' ? ObjectType : objectGroup,
	};
	call.transaction.put(call.books.storedFiles, {
		...file,
		updatedMs: call.nowMs,
		associations: [...file.associations, association],
	});
	return json(201, presentAssociation(file, association));
}

const GROUPS: Readonly<Record<string, (books: Books) => Table<TableRow>>> = {
	Account: ({ accounts }) => table(accounts),
	BankTransaction: ({ bankTransactions }) => table(bankTransactions),
	Contact: ({ contacts }) => table(contacts),
	CreditNote: ({ creditNotes }) => table(creditNotes),
	Invoice: ({ invoices }) => table(invoices),
	Item: ({ items }) => table(items),
	ManualJournal: ({ manualJournals }) => table(manualJournals),
	Overpayment: ({ overpayments }) => table(overpayments),
	Payment: ({ payments }) => table(payments),
	Prepayment: ({ prepayments }) => table(prepayments),
	Quote: ({ quotes }) => table(quotes),
};

/** Only ids are of interest here. */
function table<Row extends TableRow>(rows: Table<Row>): Table<TableRow> {
	return rows;
}

function bodyOf(call: AccountingCall): Element {
	try {
		const body: unknown = JSON.parse(call.request.body.toString());
		return isObject(body) ? body : {};
	} catch {
		return {};
	}
}

function find(call: AccountingCall): StoredFile | undefined {
	return call.books.storedFiles.get(call.params['id']?.toLowerCase() ?? '');
}

function withFile(view: (file: StoredFile) => unknown): (call: AccountingCall) => Reply {
	return (call) => {
		const file = find(call);
		return file === undefined ? notFound() : json(200, view(file));
	};
}

function present(file: StoredFile): Element {
	return {
		Name: file.name,
		MimeType: file.mimeType,
		Size: file.bytes.length,
		CreatedDateUtc: sevenDecimals(file.createdMs),
		UpdatedDateUtc: sevenDecimals(file.updatedMs),
		FolderId: file.folderId,
		Id: file.id,
	};
}

function associationsOf(file: StoredFile): Element[] {
	return file.associations.map((association) => presentAssociation(file, association));
}

function presentAssociation(file: StoredFile, association: FileAssociation): Element {
	return {
		FileId: file.id,
		ObjectId: association.objectId,
		ObjectType: association.objectType,
		ObjectGroup: association.objectGroup,
	};
}

/** `2021-02-10T16:02:54.9930000`: UTC without a zone. */
function sevenDecimals(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, -1)}0000`;
}
