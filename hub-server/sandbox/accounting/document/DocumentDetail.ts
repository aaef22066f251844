import type { ApiCall } from '../../resource/ApiResource';
import { unitPlacesOf } from './unitPlacesOf';

/** How much of a document an answer shows. */
export interface DocumentDetail {
	/** `one`: with the whole contact; `page`: with lines; `summary`: lists without `page`. */
	readonly level: 'one' | 'page' | 'summary';
	readonly unitPlaces: 2 | 4;
	readonly nowMs: number;
}

/** The detail that a call asks for. */
export function detailOf(call: ApiCall, level: DocumentDetail['level']): DocumentDetail {
	return { level, unitPlaces: unitPlacesOf(call), nowMs: call.nowMs };
}
