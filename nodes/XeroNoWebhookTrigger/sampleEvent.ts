import { refuse, refuseInput, success, type Outcome } from '../Xero/errors/failure';
import type { PageReader } from '../Xero/requests/readPage';
import { noOrganisation } from '../Xero/transport/onlyOrganisation';
import { changeEvent, type ChangeEvent } from './changeEvent';
import { readLatest } from './readWatchedList';
import { entityOfType, watchedBy, type Watching } from './Watching';

/**
 * *Fetch Test Event*: the record of the first chosen event that changed last, told as that event. It
 * remembers nothing, and the published workflow is not disturbed.
 */
export async function sampleEvent(
	reader: PageReader,
	{ events, organisations }: Watching,
): Promise<Outcome<ChangeEvent>> {
	const [type] = events;
	const [list] = type === undefined ? [] : watchedBy(new Set([type]));
	if (type === undefined || list === undefined) {
		return refuseInput('No event is chosen', 'Choose what starts the workflow.');
	}
	const reached = await reader.transport.organisations();
	if (!reached.ok) return reached;
	const organisation = reached.value.find(
		({ tenantId }) => organisations.size === 0 || organisations.has(tenantId),
	);
	if (organisation === undefined) {
		return refuse(noOrganisation('direct'));
	}
	const entity = entityOfType(type);
	const latest = await readLatest(reader, list, organisation.tenantId, entity);
	if (!latest.ok) return latest;
	if (latest.value === undefined) {
		return refuseInput(
			`${organisation.name} has no ${entity.replaceAll('_', ' ')} to show`,
			'Create one in Xero, or choose another organisation.',
		);
	}
	const change = { record: latest.value, entity, type, types: [type], isClassified: true };
	return success(changeEvent(list, organisation, change, new Date(reader.nowMs())));
}
