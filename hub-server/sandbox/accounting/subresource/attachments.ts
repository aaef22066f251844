import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import { ApiError, notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { randomGuid } from '../../world/random';
import type { AttachedFile } from '../../world/RecordFiles';
import { remember } from './history';
import { hostRecord, hosts, type Host } from './hosts';

/** Xero's limit for one document. */
const MAX_FILES = 10;

// eslint-disable-next-line no-control-regex -- NUL is one of the characters that Xero forbids
const FORBIDDEN_IN_NAMES = /[<>:"/\\|?*+\u0000]/;

/** The documents that an online invoice shows files with. */
const ONLINE_HOSTS = ['Invoices', 'CreditNotes'];

/** `/{Host}/{id}/Attachments`: lists files, takes them as raw bytes, and gives them back. */
export const attachments: ApiResource = {
	name: 'Attachments',
	scopes: ['accounting.attachments'],
	routes: hosts
		.filter((host) => host.attachments)
		.flatMap((host) => {
			const path = `/${host.name}/:id/Attachments`;
			const upload = (call: ApiCall) => save(call, host);
			return [
				{ method: 'GET' as const, path, handle: (call: ApiCall) => list(call, host) },
				{
					method: 'GET' as const,
					path: `${path}/:file`,
					handle: (call: ApiCall) => download(call, host),
				},
				{ method: 'PUT' as const, path: `${path}/:file`, handle: upload },
				{ method: 'POST' as const, path: `${path}/:file`, handle: upload },
			];
		}),
};

function list(call: ApiCall, host: Host): Reply {
	const record = hostRecord(call, host);
	if (record === undefined) return notFound();
	const files = call.books.files.get(record.id)?.files ?? [];
	return envelope(
		call,
		'Attachments',
		files.map((file) => present(call, host, record.id, file)),
	);
}

/** By AttachmentID or by name. */
function download(call: ApiCall, host: Host): Reply {
	const record = hostRecord(call, host);
	const wanted = call.params['file']?.toLowerCase();
	const file = call.books.files
		.get(record?.id ?? '')
		?.files.find(({ id, fileName }) => id === wanted || fileName.toLowerCase() === wanted);
	if (file === undefined) return notFound();
	return {
		status: 200,
		headers: { 'content-type': file.mimeType },
		body: Buffer.from(file.bytes),
	};
}

/** A file of the same name takes the place of the one that is there. */
function save(call: ApiCall, host: Host): Reply {
	const record = hostRecord(call, host);
	if (record === undefined) return notFound();
	const fileName = call.params['file'] ?? '';
	if (FORBIDDEN_IN_NAMES.test(fileName)) throw refusal('The file name holds a forbidden character');
	if (call.request.body.length === 0) throw refusal('The file is empty');

	const before = call.books.files.get(record.id)?.files ?? [];
	const others = before.filter((file) => file.fileName.toLowerCase() !== fileName.toLowerCase());
	if (others.length >= MAX_FILES) {
		throw refusal(`A document can have a maximum of ${MAX_FILES} attachments`);
	}
	const mimeType = call.request.headers['content-type'] ?? 'application/octet-stream';
	const includeOnline =
		ONLINE_HOSTS.includes(host.name) &&
		parameter(call.request, 'IncludeOnline')?.toLowerCase() === 'true';
	const file: AttachedFile = {
		id: randomGuid(call.context.random),
		fileName,
		mimeType,
		bytes: new Uint8Array(call.request.body),
		includeOnline,
	};
	const { books, transaction, nowMs } = call;
	transaction.put(books.files, { id: record.id, updatedMs: nowMs, files: [...others, file] });
	remember(call, record.id, {
		changes: 'Attached a file',
		details: `Attached the file ${fileName} through the Xero API using ${call.app.name}`,
		atMs: nowMs,
	});
	return envelope(call, 'Attachments', [present(call, host, record.id, file)]);
}

function refusal(message: string): ApiError {
	return new ApiError('ValidationException', message);
}

function present({ request }: ApiCall, host: Host, recordId: string, file: AttachedFile) {
	const name = encodeURIComponent(file.fileName);
	return {
		AttachmentID: file.id,
		FileName: file.fileName,
		Url: `${request.origin}/api.xro/2.0/${host.name}/${recordId}/Attachments/${name}`,
		MimeType: file.mimeType,
		ContentLength: file.bytes.length,
		...(ONLINE_HOSTS.includes(host.name) && { IncludeOnline: file.includeOnline }),
	};
}
