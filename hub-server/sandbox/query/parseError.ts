import { ApiError } from '../resource/apiError';

export function parseError(message: string): ApiError {
	return new ApiError('QueryParseException', message);
}
