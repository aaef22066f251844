import { json, type Reply } from '../http/Reply';
import { randomGuid, type Random } from '../world/random';

/** 401 and 403 in Xero's shape; `Instance` is the correlation id to give Xero's support. */
export function unauthorized(random: Random, detail: string, challenge: string): Reply {
	return refusal(random, 401, 'Unauthorized', detail, { 'www-authenticate': challenge });
}

export function forbidden(random: Random): Reply {
	return refusal(random, 403, 'Forbidden', 'AuthenticationUnsuccessful', {});
}

function refusal(
	random: Random,
	status: number,
	title: string,
	detail: string,
	headers: Readonly<Record<string, string>>,
): Reply {
	const instance = randomGuid(random);
	return json(
		status,
		{
			Type: null,
			Title: title,
			Status: status,
			Detail: detail,
			Instance: instance,
			Extensions: {},
		},
		{ 'xero-correlation-id': instance, ...headers },
	);
}
