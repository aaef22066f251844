import { nextStepOf } from '../../../hub-server/src/push/nextSteps';

describe('the next step of what Xero refuses', () => {
	it.each([
		[
			'The contact name Ada is already assigned to another contact. The contact name must be unique across all active contacts.',
			'Xero has a contact of that name.',
		],
		// Xero's words for an empty name, and for an account's that another has.
		['Please enter a unique Name.', 'It needs a Name of its own'],
		['Something that nobody has met yet.', 'Correct the record in the other system'],
	])('is about what it says: %s', (sentence, step) => {
		expect(nextStepOf([sentence])).toContain(step);
	});

	it('speaks of no other contact where the name is only empty', () => {
		expect(nextStepOf(['Please enter a unique Name.'])).not.toContain('contact');
	});
});
