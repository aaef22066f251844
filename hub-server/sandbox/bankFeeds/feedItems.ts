import type { ApiCall } from '../resource/ApiResource';
import { isObject, type Element } from '../writing/readElements';

/** The `items` of a request; undefined when there are none to be found. */
export function feedItemsOf(call: ApiCall): readonly Element[] | undefined {
	try {
		const body: unknown = JSON.parse(call.request.body.toString());
		const items = isObject(body) ? body['items'] : undefined;
		return Array.isArray(items) && items.length > 0 && items.every(isObject) ? items : undefined;
	} catch {
		return undefined;
	}
}
