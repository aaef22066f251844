import express from 'express';
import { temporaryFolder } from './temporaryFolder';

describe('the module loader of a test file', () => {
	it('gives packages that were loaded outside the realm of the file', () => {
		expect(Object.getPrototypeOf(express)).not.toBe(Function.prototype);
		expect(express instanceof Function).toBe(true);
	});

	it('gives our own modules as the file’s own', () => {
		expect(Object.getPrototypeOf(temporaryFolder)).toBe(Function.prototype);
	});

	it('refuses to mock what other files use too', () => {
		expect(() => jest.doMock('express', () => ({}))).toThrow(
			'express is loaded once for many test files, so none can mock it.',
		);
	});

	it('mocks our own modules', () => {
		jest.doMock('./repositoryRoot', () => ({ repositoryRoot: 'elsewhere' }));

		// eslint-disable-next-line @typescript-eslint/no-require-imports -- what a mock replaces
		expect(require('./repositoryRoot')).toEqual({ repositoryRoot: 'elsewhere' });
	});
});
