import { InvalidRequestError } from '../errors/requestErrors';
import {
	readLinkCsv,
	readLinkList,
	type LinkRow,
	type LinkRowDefaults,
	type RowFault,
	type WrittenLink,
} from '../links/readLinkRows';

/** Told of a file that cannot be read. */
const FAULTS_TOLD = 20;

/**
 * The rows of a file of links, all of them.
 *
 * @param file CSV, or a list as JSON has it
 * @throws InvalidRequestError that names the rows which cannot be read
 */
export function readLinkFile(
	file: string | readonly WrittenLink[],
	defaults: LinkRowDefaults,
): readonly LinkRow[] {
	const { rows, faults } =
		typeof file === 'string' ? readLinkCsv(file, defaults) : readLinkList(file, defaults);
	if (faults.length > 0) throw new InvalidRequestError(tellFaults(faults));
	return rows;
}

function tellFaults(faults: readonly RowFault[]): string {
	const told = faults.slice(0, FAULTS_TOLD).map(({ row, reason }) => `row ${row}: ${reason}`);
	const more = faults.length - told.length;
	return [
		'Nothing was linked, for rows cannot be read.',
		...told,
		...(more > 0 ? [`And ${more} rows more.`] : []),
	].join(' ');
}
