import type { SandboxRequest } from '../http/SandboxRequest';

export interface UploadedFile {
	readonly name: string;
	readonly mimeType: string;
	readonly bytes: Buffer;
}

interface Part {
	readonly name: string;
	readonly fileName: string | undefined;
	readonly mimeType: string | undefined;
	readonly bytes: Buffer;
}

/**
 * The file of a form: its first part with a file name, or, as the OpenAPI file has it, the part that
 * the form's own fields `name`, `filename` and `mimeType` describe. Undefined where there is none.
 */
export function readMultipart(request: SandboxRequest): UploadedFile | undefined {
	const parts = partsOf(request);
	const field = (wanted: string) => parts.find(({ name }) => name === wanted)?.bytes.toString();
	const named = field('name');
	const file =
		parts.find(({ fileName }) => fileName !== undefined) ??
		parts.find(({ name }) => name === named || name === 'body');
	const name = file?.fileName ?? field('filename');
	if (file === undefined || name === undefined) return undefined;
	const mimeType =
		(file.fileName === undefined ? field('mimeType') : file.mimeType) ?? 'application/octet-stream';
	return { name, mimeType, bytes: file.bytes };
}

function partsOf({ headers, body }: SandboxRequest): readonly Part[] {
	const type = headers['content-type'] ?? '';
	const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
	if (boundary === undefined) return [];
	const parts = body.toString('latin1').split(`--${boundary}`).slice(1, -1);
	return parts.flatMap((part) => {
		const end = part.indexOf('\r\n\r\n');
		if (end < 0) return [];
		const head = Buffer.from(part.slice(0, end), 'latin1').toString('utf8');
		return {
			name: /[; ]name="([^"]*)"/i.exec(head)?.[1] ?? '',
			fileName: /filename="([^"]*)"/i.exec(head)?.[1],
			mimeType: /content-type:\s*([^\r\n;]+)/i.exec(head)?.[1],
			bytes: Buffer.from(part.slice(end + 4, -2), 'latin1'),
		};
	});
}
