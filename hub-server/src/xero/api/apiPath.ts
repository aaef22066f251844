import { InvalidRequestError, NotFoundError } from '../../errors/requestErrors';

/** The APIs that the hub lets through; each call carries the workspace's own token. */
const KNOWN_APIS = [
	'api.xro/2.0',
	'bankfeeds.xro/1.0',
	'files.xro/1.0',
	'assets.xro/1.0',
	'projects.xro/2.0',
	'payroll.xro/1.0',
	'payroll.xro/2.0',
] as const;

/**
 * Checks a path that a caller wants to reach with the hub's token.
 *
 * It is refused when two programs on its way could read it differently: dot segments, encoded slashes
 * or dots, backslashes, semicolons, empty segments. `/connections` and everything else that is not an API of one
 * organisation stays out of reach.
 *
 * @param path as it stood in the request line: percent-encoded, leading slash, no query
 * @throws InvalidRequestError, NotFoundError
 */
export function checkApiPath(path: string): void {
	const segments = path.split('/').slice(1);
	if (!path.startsWith('/') || !segments.every(isPlain)) {
		throw new InvalidRequestError(
			"The path to Xero's API may hold no dot segments, encoded slashes, backslashes, semicolons, control characters or empty segments.",
		);
	}
	const api = segments.slice(0, 2).join('/');
	if (segments.length < 3 || !KNOWN_APIS.some((known) => known === api)) {
		throw new NotFoundError(
			`The hub does not pass "${api}" on. It passes ${KNOWN_APIS.join(', ')}, each followed by a resource.`,
		);
	}
}

function isPlain(segment: string): boolean {
	// A URL parser would end the path here, and then resolve the dots before it.
	if (/[?#]/.test(segment)) return false;
	let decoded: string;
	try {
		decoded = decodeURIComponent(segment);
	} catch {
		return false;
	}
	// A second decoding somewhere on the way must not find a slash or dot either.
	const isAmbiguous = /[/\\\p{Cc};]|%(2e|2f|5c)/iu.test(decoded);
	return decoded !== '' && decoded !== '.' && decoded !== '..' && !isAmbiguous;
}
