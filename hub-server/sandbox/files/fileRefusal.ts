import { json, type Reply } from '../http/Reply';

/** A refusal as the Files API words it: a list of problems. */
export function fileRefusal(detail: string): Reply {
	return json(400, [{ type: 'Validation', title: 'Validation failure', detail }]);
}
