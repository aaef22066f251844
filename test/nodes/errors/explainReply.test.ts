import { explainReply } from '../../../nodes/Xero/errors/explainReply';
import type { ExplainContext } from '../../../nodes/Xero/errors/Explanation';
import type { XeroReply } from '../../../nodes/Xero/messages/XeroReply';

const context: ExplainContext = {
	route: 'direct',
	nowMs: Date.parse('2026-11-22T10:00:00Z'),
	tenantId: 'tenant-1',
	scope: 'accounting.invoices',
	write: true,
};

function answered(
	status: number,
	body: unknown = '',
	headers: Record<string, string> = {},
): XeroReply {
	return { kind: 'answered', status, headers, body };
}

describe('explainReply', () => {
	it("passes Xero's own validation sentences on", () => {
		const body = {
			ErrorNumber: 10,
			Type: 'ValidationException',
			Message: 'A validation exception occurred',
			Elements: [{ ValidationErrors: [{ Message: 'Email address must be valid' }] }],
		};

		expect(explainReply(answered(400, body), context).failure.message).toContain(
			'Email address must be valid',
		);
	});

	it.each(['insufficient_scope', 'insufficent_scope'])('names the missing scope (%s)', (error) => {
		const reply = answered(
			401,
			{ Title: 'Unauthorized', Detail: 'AuthorizationUnsuccessful' },
			{ 'www-authenticate': `Bearer error="${error}"` },
		);

		expect(explainReply(reply, context)).toMatchObject({
			reach: 'run',
			failure: { description: expect.stringContaining('Add the scope accounting.invoices') },
		});
	});

	it('asks to reconnect when the token is refused', () => {
		const reply = answered(401, { Title: 'Unauthorized', Detail: 'TokenExpired: token expired' });

		expect(explainReply(reply, context).failure.description).toContain('connect it again');
		expect(explainReply(reply, { ...context, route: 'hub' }).failure.description).toContain(
			'Reconnect the organisation in the hub',
		);
	});

	it('blames the organisation, not the credential, for a 403', () => {
		const reply = answered(403, { Title: 'Forbidden', Detail: 'AuthenticationUnsuccessful' });

		expect(explainReply(reply, context)).toMatchObject({
			reach: 'organisation',
			failure: {
				message: expect.stringContaining('tenant-1'),
				description: expect.stringContaining('Choose another organisation'),
			},
		});
	});

	it('says what payroll needs, for a 403 of it', () => {
		const payroll = { ...context, scope: 'payroll.employees or payroll.employees.read' };

		expect(explainReply(answered(403), payroll)).toMatchObject({
			reach: 'organisation',
			failure: {
				message: expect.stringContaining('payroll of the organisation tenant-1'),
				description: expect.stringContaining('payroll administrator'),
			},
		});
	});

	it('says when the day limit resets', () => {
		const reply = answered(429, '', { 'x-rate-limit-problem': 'day', 'retry-after': '7200' });

		expect(explainReply(reply, context)).toMatchObject({
			reach: 'organisation',
			failure: { message: expect.stringContaining('resets at 2026-11-22T12:00:00.000Z') },
		});
	});

	it('warns that a write without an answer may have happened', () => {
		const reply: XeroReply = { kind: 'lost', message: 'socket hang up' };

		expect(explainReply(reply, context).failure.description).toContain('not known whether');
	});

	it("passes the hub's own refusals on", () => {
		const problem = { type: 'about:blank', title: 'Unauthorized', code: 'api_key_unknown' };

		expect(explainReply(answered(401, problem), { ...context, route: 'hub' })).toMatchObject({
			failure: { description: expect.stringContaining('check its API key') },
		});
	});

	it("takes the hub's daily limit for Xero's, with the time of its end", () => {
		const problem = { title: 'Too Many Requests', detail: 'Used up.', code: 'xero_rate_limited' };
		const headers = { 'x-rate-limit-problem': 'day', 'retry-after': '3600' };

		expect(
			explainReply(answered(429, problem, headers), { ...context, route: 'hub' }),
		).toMatchObject({
			reach: 'organisation',
			failure: { message: expect.stringContaining('daily limit for this organisation') },
		});
	});

	it.each(['xero_connection_failed', 'xero_timeout'])(
		'says that a write may have happened when Xero did not answer the hub: %s',
		(code) => {
			const problem = { title: 'Bad Gateway', detail: 'The connection to Xero broke.', code };
			const explain = (write: boolean) =>
				explainReply(answered(502, problem), { ...context, route: 'hub', write }).failure;

			expect(explain(true).description).toContain('Look in Xero whether the records were saved');
			expect(explain(false).description).toContain('Run the node again');
		},
	);

	it('is over for the whole run when the execution was stopped', () => {
		expect(explainReply({ kind: 'stopped' }, context)).toMatchObject({
			reach: 'run',
			failure: { message: expect.stringContaining('stopped before this was sent') },
		});
	});

	it.each([404, 412, 418, 500, 503])('explains a %i without a body', (status) => {
		const { failure } = explainReply(answered(status), context);

		expect(failure.message).not.toBe('');
		expect(failure.httpCode).toBe(String(status));
	});

	it('does not repeat a page of HTML', () => {
		const { failure } = explainReply(answered(500, '<!DOCTYPE html><html></html>'), context);

		expect(failure.message).not.toContain('<');
	});
});
