import type { IDataObject } from 'n8n-workflow';

import { readWriteOptions } from '../fields/writeOptions';
import type { OperationRun } from '../run/OperationRun';
import { present, type Presentation } from './present';
import { readFlag } from './readFlag';

/** What there is to know of a kind of record. */
export interface PresentedKind {
	readonly collection: { readonly idField: string };
	/** Absent where there is nothing to leave out. */
	readonly simplify?: (record: IDataObject) => IDataObject;
}

/**
 * Gives out records as their items want them: as *Output* says in a tool of an agent, else as *Simplify*
 * does, which stands on its own where lists are read and below *Options* elsewhere. What an item wants
 * is read once, however many records it gets.
 */
export function presenter(
	run: OperationRun,
	kind: PresentedKind,
): (record: IDataObject, item: number) => IDataObject {
	const wanted = new Map<number, Presentation>();
	return (record, item) => {
		const presentation = wanted.get(item) ?? readPresentation(run, item, kind);
		wanted.set(item, presentation);
		return present(record, presentation);
	};
}

function readPresentation(
	run: OperationRun,
	item: number,
	{ collection: { idField }, simplify }: PresentedKind,
): Presentation {
	switch (run.parameter('output', item, '')) {
		case 'simplified':
			return { raw: false, simplify };
		case 'raw':
			return { raw: false };
		case 'selected':
			return { raw: false, simplify, fields: [idField, ...chosenFields(run, item)] };
	}
	const isSimplified =
		run.parameter('simplify', item, false) === true ||
		readFlag(run, 'options', 'simplify', item) ||
		readWriteOptions(run, item).simplify;
	return {
		raw: readFlag(run, 'options', 'raw', item),
		simplify: isSimplified ? simplify : undefined,
	};
}

/** A list of names, or one text from an expression. */
function chosenFields(run: OperationRun, item: number): string[] {
	const given = run.parameter('fieldsToReturn', item, []);
	const names = Array.isArray(given) ? given.map(String) : String(given ?? '').split(',');
	return names.map((name) => name.trim());
}
