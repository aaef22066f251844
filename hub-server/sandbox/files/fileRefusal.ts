import { json, type Reply } from '../http/Reply';

/** What neither a file nor a folder may have in its name. */
export const BAD_CHARACTERS = /[<>:"/\\|?*]/;

/** A refusal as the Files API words it: a list of problems. */
export function fileRefusal(detail: string): Reply {
	return json(400, [{ type: 'Validation', title: 'Validation failure', detail }]);
}

export function renameRefusal(id: string, name: string): Reply {
	const detail = `Unable to rename ${id} to ${name}`;
	return json(400, [{ type: 'Rename', title: 'Rename failed', detail }]);
}
