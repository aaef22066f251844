import files from 'node:fs/promises';
import { startTestHub, type TestHub } from '../../support/startTestHub';

describe("the API's documentation for people", () => {
	let t: TestHub;
	beforeAll(async () => {
		t = await startTestHub();
	});
	afterAll(() => t.close());

	it('is a page that runs nothing inline and names no other host', async () => {
		const { body: page, headers } = await t.call('GET', '/docs', undefined, null);

		expect(page).toContain('<a href="/openapi.json">');
		expect(page).not.toMatch(/<script(?! src="\/docs\/[a-z]+\.js"><\/script>)|https?:/);
		const policy = headers.get('content-security-policy');
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("script-src 'self';");
		expect(policy).not.toMatch(/unsafe-eval|https?:/);
	});

	it('has its reader from the hub, which reads that file when it is first asked for', async () => {
		const readFile = jest.spyOn(files, 'readFile');
		const readersRead = () =>
			readFile.mock.calls.filter(([path]) => String(path).includes('redoc')).length;

		const page = await t.call('GET', '/docs', undefined, null);
		const before = readersRead();
		for (const [, path = ''] of String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)) {
			expect((await t.call('GET', path, undefined, null)).status).toBe(200);
		}
		const reader = await t.call('GET', '/docs/reader.js', undefined, null);

		expect([before, readersRead()]).toEqual([0, 1]);
		expect(reader.headers.get('content-type')).toContain('javascript');
		expect(reader.body).not.toContain('https://cdn.redoc.ly');
		readFile.mockRestore();
	});
});
