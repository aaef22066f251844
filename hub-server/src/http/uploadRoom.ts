import { QuotaReachedError, TooManyRequestsError } from '../errors/requestErrors';
import { createTally } from '../work/tally';

/** Keeps the bodies that wait to go on to Xero within what one hub can hold. */
export interface UploadRoom {
	/** The room of one upload, to be left when its answer is out. @param most bytes of all of this key */
	enter(key: string, most: number): UploadPlace;
}

export interface UploadPlace {
	/** @throws QuotaReachedError for the key, TooManyRequestsError for the hub */
	take(bytes: number): void;
	leave(): void;
}

/** Of all workspaces together: a quarter of a gigabyte, in a process of two. */
const HUB_BYTES = 256 * 1024 * 1024;

/** A body of the largest size has gone on to Xero by then. */
const RETRY_SECONDS = 5;

export function createUploadRoom(hubBytes = HUB_BYTES): UploadRoom {
	const held = createTally();
	return {
		enter(key, most) {
			const taken: Array<() => void> = [];
			return {
				take(bytes) {
					if (held.of(key) + bytes > most) throw new QuotaReachedError('uploadBytes', most);
					if (held.total + bytes > hubBytes) {
						throw new TooManyRequestsError(
							'The hub is holding as many request bodies as it can',
							RETRY_SECONDS,
						);
					}
					taken.push(held.add(key, bytes));
				},
				leave: () => taken.forEach((give) => give()),
			};
		},
	};
}
