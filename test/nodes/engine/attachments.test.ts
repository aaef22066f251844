import { picked, UNKNOWN_ID } from '../operations/OperationCases';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { xeroWorkflow } from '../support/xeroWorkflow';

describe('a file of a document', () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine();
	});
	afterAll(async () => {
		await xero.close();
	});

	it.each(['.', '..'])(
		'is not sent under a name that stands for a folder: %s',
		async (fileName) => {
			const execution = await xero.engine.run(
				xeroWorkflow({
					parameters: {
						resource: 'attachment',
						operation: 'upload',
						documentType: 'Invoices',
						documentId: picked(UNKNOWN_ID),
						writeOptions: { fileName },
					},
				}),
				{
					input: [
						{
							json: {},
							binary: { data: { data: 'QQ==', mimeType: 'text/plain', fileName: 'notes.txt' } },
						},
					],
				},
			);

			expect(execution.error?.message).toContain(`"${fileName}" is no name of a file`);
			expect((await xero.sandbox.requests()).map(({ method }) => method)).not.toContain('PUT');
		},
	);
});
