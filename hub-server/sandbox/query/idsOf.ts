import { parameter } from '../http/parameter';
import { UnreadableParameterError } from '../resource/apiError';
import type { ApiCall } from '../resource/ApiResource';

/**
 * The records that `IDs` asks for; undefined where it is not given.
 *
 * @throws UnreadableParameterError for what is no GUID (xero-php#670)
 */
export function idsOf({ request }: ApiCall): ReadonlySet<string> | undefined {
	const text = parameter(request, 'IDs');
	if (text === undefined || text === '') return undefined;
	const ids = text.split(',').map((id) => id.trim().toLowerCase());
	if (!ids.every((id) => GUID.test(id))) throw new UnreadableParameterError('Ids');
	return new Set(ids);
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
