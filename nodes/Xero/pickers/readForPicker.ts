import { NodeApiError, type ILoadOptionsFunctions } from 'n8n-workflow';

import { explainReply } from '../errors/explainReply';
import type { Failure, Outcome } from '../errors/failure';
import type { XeroReply } from '../messages/XeroReply';
import type { XeroRequest } from '../messages/XeroRequest';
import { readCollection, type CollectionPage } from '../requests/readCollection';
import { createTransport } from '../transport/createTransport';
import { onlyOrganisation } from '../transport/onlyOrganisation';
import type { Organisation } from '../transport/XeroTransport';
import { locatorValue } from '../values/locatorValue';

/** Reads a list of Xero's for a picker, in the organisation that the node has chosen. */
export async function readForPicker(
	context: ILoadOptionsFunctions,
	name: string,
	query: Readonly<Record<string, string>> = {},
): Promise<CollectionPage> {
	return await answerForPicker(context, { path: `api.xro/2.0/${name}`, query }, (reply) =>
		readCollection(reply, name),
	);
}

/** As {@link readForPicker}, for any address of Xero's; `read` finds nothing in a refusal. */
export async function answerForPicker<T>(
	context: ILoadOptionsFunctions,
	request: Pick<XeroRequest, 'path' | 'query'>,
	read: (reply: XeroReply) => T | undefined,
): Promise<T> {
	const transport = createTransport(context);
	const tenantId = await chosenOrganisation(context);
	const reply = await transport.send({ method: 'GET', tenantId, ...request });
	const answer = read(reply);
	if (answer !== undefined) return answer;
	const { route } = transport;
	throw toError(context, explainReply(reply, { route, nowMs: Date.now(), tenantId }).failure);
}

export async function organisationsForPicker(
	context: ILoadOptionsFunctions,
): Promise<readonly Organisation[]> {
	return unwrap(context, await createTransport(context).organisations());
}

async function chosenOrganisation(context: ILoadOptionsFunctions): Promise<string> {
	const { value } = locatorValue(context.getCurrentNodeParameter('organisation'));
	if (value !== '' && !value.startsWith('=')) return value;
	const { route, organisations } = createTransport(context);
	return unwrap(context, onlyOrganisation(unwrap(context, await organisations()), route));
}

function unwrap<T>(context: ILoadOptionsFunctions, outcome: Outcome<T>): T {
	if (outcome.ok) return outcome.value;
	throw toError(context, outcome.failure);
}

function toError(context: ILoadOptionsFunctions, failure: Failure): NodeApiError {
	const { message, description, httpCode } = failure;
	return new NodeApiError(context.getNode(), { message }, { message, description, httpCode });
}
