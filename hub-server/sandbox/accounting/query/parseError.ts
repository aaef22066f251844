import { ApiError } from '../apiError';

export function parseError(message: string): ApiError {
	return new ApiError('QueryParseException', message);
}
