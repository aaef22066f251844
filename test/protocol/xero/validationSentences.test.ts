import { validationSentences } from '../../../hub-server/protocol/xero';

describe('validationSentences', () => {
	it('names the part that a sentence stands in', () => {
		const invoice = {
			ValidationErrors: [{ Message: 'Email address must be valid' }],
			LineItems: [
				{ Description: 'fine', ValidationErrors: [] },
				{
					ValidationErrors: [
						{ Message: "Account code '999' is not a valid code for this document." },
					],
				},
			],
		};

		expect(validationSentences(invoice)).toEqual([
			'Email address must be valid',
			"LineItems 2: Account code '999' is not a valid code for this document.",
		]);
	});

	it('says what a line is for, which names it in whatever order they come', () => {
		const line = (Description: string) => ({
			LineItems: [{ Description, ValidationErrors: [{ Message: 'Not valid' }] }],
		});

		expect(validationSentences(line(' 2" Pipe: new '))).toEqual([
			'LineItems 1 "2\\" Pipe: new": Not valid',
		]);
		expect(validationSentences(line('😀'.repeat(70)))).toEqual([
			`LineItems 1 "${'😀'.repeat(60)}…": Not valid`,
		]);
	});

	it('says what stands in a part and above it once', () => {
		const sentence = { Message: 'Not valid' };

		expect(
			validationSentences({
				ValidationErrors: [sentence],
				LineItems: [{ Description: '2" Pipe: new', ValidationErrors: [sentence] }],
			}),
		).toEqual(['Not valid']);
	});

	it('names no part where elements refuse as a whole', () => {
		const payment = { ValidationErrors: [{ Message: 'Payment not of valid status' }] };

		expect(validationSentences([{ Payments: [payment] }, payment])).toEqual([
			'Payments 1: Payment not of valid status',
			'Payment not of valid status',
		]);
	});

	it('reads no warning as a refusal', () => {
		expect(validationSentences({ Warnings: [{ Message: 'Removed' }] })).toEqual([]);
	});
});
