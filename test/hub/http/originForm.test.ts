import { originForm } from '../../../hub-server/src/http/originForm';

it.each([
	['/healthz', '/healthz'],
	['/', '/'],
	['http://hub.example.com/healthz', '/healthz'],
	['HTTPS://hub.example.com:8787/a?b=http://c/d', '/a?b=http://c/d'],
	['http://hub.example.com', '/'],
	['http://hub.example.com?a=b', '/?a=b'],
	['/a/http://b', '/a/http://b'],
	['*', '/*'],
	[undefined, '/'],
])('the request target %p asks for %s', (target, path) => {
	expect(originForm(target)).toBe(path);
});
