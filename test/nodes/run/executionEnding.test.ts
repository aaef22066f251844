import type { IExecuteFunctions, IRunExecutionData } from 'n8n-workflow';

import { executionEndings, readEnding } from '../../../nodes/Xero/run/executionEnding';

/** What n8n keeps of an execution, as far as it tells how that ended. */
function saved(parts: {
	readonly error?: unknown;
	readonly lastNodeExecuted?: string;
	readonly waitTill?: Date | null;
	readonly left?: number;
}): IRunExecutionData {
	const { error, lastNodeExecuted, waitTill, left = 0 } = parts;
	return {
		waitTill,
		resultData: { runData: {}, lastNodeExecuted, ...(error === undefined ? {} : { error }) },
		executionData: { nodeExecutionStack: Array.from({ length: left }, () => ({})) },
	} as unknown as IRunExecutionData;
}

describe('how an earlier execution ended', () => {
	it.each<[string, IRunExecutionData | undefined, string]>([
		['well', saved({ lastNodeExecuted: 'Last' }), 'succeeded'],
		['with an error', saved({ lastNodeExecuted: 'Last', error: {}, left: 1 }), 'failed'],
		['not yet: it has only begun', saved({ left: 1 }), 'unfinished'],
		['not yet: n8n saves it as it goes', saved({ lastNodeExecuted: 'A', left: 1 }), 'unfinished'],
		[
			'not yet: it waits',
			saved({ lastNodeExecuted: 'Wait', waitTill: new Date(), left: 1 }),
			'unfinished',
		],
		['well, after it had waited', saved({ lastNodeExecuted: 'Last', waitTill: null }), 'succeeded'],
		['nobody knows how', undefined, 'unknown'],
	])('%s', (_, data, ending) => {
		expect(readEnding(data)).toBe(ending);
	});

	it('is asked for once, since n8n reads all of its data', async () => {
		const asked: string[] = [];
		const context = {
			getExecutionDataById: async (id: string) => {
				asked.push(id);
				return saved({ lastNodeExecuted: 'Last' });
			},
		} as unknown as IExecuteFunctions;
		const endingOf = executionEndings(context);

		const endings = [await endingOf?.('1'), await endingOf?.('1'), await endingOf?.('2')];

		expect(endings).toEqual(['succeeded', 'succeeded', 'succeeded']);
		expect(asked).toEqual(['1', '2']);
	});

	it('cannot be asked of an n8n before 1.106', () => {
		expect(executionEndings({} as IExecuteFunctions)).toBeUndefined();
	});
});
