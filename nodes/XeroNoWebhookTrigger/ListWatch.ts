import type { ListPosition } from './ListPosition';

/** One list of one organisation, as all activations of a node in this process see it. */
export interface ListWatch {
	/** Absent before the baseline. */
	position?: ListPosition;
	/** While it is read, or a workflow runs that it started: nobody else may begin. */
	isBusy: boolean;
}
