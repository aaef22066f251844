import { parameter } from '../../http/parameter';
import type { ApiCall } from '../../resource/ApiResource';

/** Decimals of a unit amount: 4 with `unitdp=4`, else 2. */
export function unitPlacesOf({ request }: ApiCall): 2 | 4 {
	return parameter(request, 'unitdp') === '4' ? 4 : 2;
}
