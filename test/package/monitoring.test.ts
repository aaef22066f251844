import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { HUB_VERSION } from '../../hub-server/src/api/hubVersion';
import { repositoryRoot } from '../support/repositoryRoot';
import { startTestHub, type TestHub } from '../support/startTestHub';

const hubFile = (path: string) => readFileSync(join(repositoryRoot, 'hub-server', path), 'utf8');

interface Target {
	readonly expr: string;
	readonly refId: string;
}
interface Panel {
	readonly id: number;
	readonly type: string;
	readonly title: string;
	readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
	readonly targets?: readonly Target[];
}
interface Dashboard {
	readonly uid: string;
	readonly title: string;
	readonly schemaVersion: number;
	readonly panels: readonly Panel[];
	readonly templating: { readonly list: readonly { readonly name: string }[] };
}
interface Rule {
	readonly alert: string;
	readonly expr: string;
	readonly for?: string;
	readonly labels: { readonly severity: string };
	readonly annotations: { readonly summary: string; readonly description: string };
}

const dashboard = JSON.parse(hubFile('monitoring/grafana-dashboard.json')) as Dashboard;
const { groups } = parse(hubFile('monitoring/alert-rules.yml')) as {
	readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const shown = dashboard.panels.flatMap(({ title, targets = [] }) =>
	targets.map(({ expr }) => ({ where: title, expr })),
);
const expressions = [...shown, ...rules.map(({ alert, expr }) => ({ where: alert, expr }))];

/** What Grafana puts in, before Prometheus reads it. */
const filledIn = (expr: string) =>
	expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'xero-hub');

/** Where the grammar of Prometheus does not find an expression. */
function faultsOf(expr: string): readonly number[] {
	const faults: number[] = [];
	parser.parse(expr).iterate({
		enter: ({ type, from }) => {
			if (type.isError) faults.push(from);
		},
	});
	return faults;
}

interface Selected {
	readonly metric: string;
	readonly labels: readonly string[];
}

/** Which lines an expression reads, and which labels it asks about. */
function selectedIn(expr: string): readonly Selected[] {
	const found: { metric: string; labels: string[] }[] = [];
	parser.parse(expr).iterate({
		enter: ({ type, from, to }) => {
			const text = expr.slice(from, to);
			if (type.name === 'VectorSelector') found.push({ metric: '', labels: [] });
			const last = found.at(-1);
			if (last === undefined) return;
			if (type.name === 'Identifier' && last.metric === '') last.metric = text;
			if (type.name === 'LabelName') last.labels.push(text);
		},
	});
	return found;
}

describe('the metrics', () => {
	let hub: TestHub;
	let page: string;
	beforeAll(async () => {
		hub = await startTestHub();
		await hub.call('GET', '/api/v1/workspaces');
		await hub.call('GET', '/api/v1/workspaces/nobody');
		await hub.call('GET', '/no/such/page?token=secret', undefined, null);
		page = String((await hub.call('GET', '/metrics', undefined, null)).body);
	});
	afterAll(() => hub.close());

	const names = () => new Set([...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? ''));
	/** With what a histogram is made of. */
	const lines = () => new Set([...page.matchAll(/^([a-z]\w*)(?:\{| )/gm)].map(([, name]) => name));

	/** They are there only with several hubs. */
	const WITH_REDIS = 'xero_hub_redis_up';

	it("of the hub stand in the operator's guide, with their labels, and no others", () => {
		const told = [...hubFile('docs/operators-guide.md').matchAll(/^\| `(xero_hub_\w+)/gm)]
			.map(([, name]) => name ?? '')
			.filter((name) => name !== WITH_REDIS);
		const own = [...names()].filter((name) => name.startsWith('xero_hub_'));

		expect(told.toSorted()).toEqual(own.toSorted());
	});

	it.each([
		`xero_hub_build_info{version="${HUB_VERSION}",node="v`,
		'xero_hub_xero_calls_total{api="accounting",outcome="ok"} 0',
		'xero_hub_xero_calls_total{api="accounting",outcome="rate_limited"} 0',
		'xero_hub_xero_limited_total{limit="day"} 0',
		'xero_hub_token_refreshes_total{outcome="invalid_grant"} 0',
		'xero_hub_delivery_attempt_seconds_count{outcome="dead"} 0',
		'xero_hub_deliveries{status="dead"} 0',
		'xero_hub_alerts_open{kind="reauth_required"} 0',
		'xero_hub_gaps_total{kind="outage"} 0',
		'xero_hub_webhook_answer_seconds_count{status="200"} 0',
		'xero_hub_oldest_due_delivery_seconds 0',
		'xero_hub_organisations_without_day_calls 0',
		'# TYPE xero_hub_fewest_day_calls_left gauge',
		'xero_hub_http_request_seconds_count{route="/api/v1/workspaces",status="2xx"} 1',
		'xero_hub_http_request_seconds_count{route="/api/v1/workspaces/{slug}",status="4xx"} 1',
		'xero_hub_http_request_seconds_count{route="pages",status="5xx"} 0',
	])('say from the start: %s', (line) => {
		expect(page).toContain(`\n${line}`);
	});

	it('show nothing of what was asked for', () => {
		expect(page).not.toMatch(/nobody|no\/such|secret/);
	});

	it('that dashboard and rules read are there', () => {
		const there = new Set([...names(), ...lines()]);
		const read = expressions.flatMap(({ where, expr }) =>
			selectedIn(filledIn(expr)).map(({ metric }) => ({ where, metric })),
		);

		expect(read.length).toBeGreaterThan(expressions.length - 1);
		expect(
			read.filter(({ metric }) => !there.has(metric) && ![WITH_REDIS, 'up'].includes(metric)),
		).toEqual([]);
	});

	it('have the labels that dashboard and rules ask about', () => {
		const labelsOf = (metric: string) =>
			new Set(
				[...page.matchAll(new RegExp(`^${metric}\\{(.*)\\} `, 'gm'))].flatMap(([, labels = '']) =>
					[...labels.matchAll(/(\w+)="/g)].map(([, name]) => name),
				),
			);
		const asked = expressions
			.flatMap(({ expr }) => selectedIn(filledIn(expr)))
			// Prometheus adds these itself.
			.flatMap(({ metric, labels }) =>
				labels
					.filter((label) => !['job', 'instance'].includes(label))
					.map((label) => ({ metric, label })),
			);

		expect(asked.length).toBeGreaterThan(5);
		expect(asked.filter(({ metric, label }) => !labelsOf(metric).has(label))).toEqual([]);
	});
});

describe('the expressions for Prometheus', () => {
	it.each(expressions)('can be read: $where', ({ expr }) => {
		expect(faultsOf(filledIn(expr))).toEqual([]);
	});

	it('that cannot be read are found', () => {
		expect(faultsOf('sum(rate(xero_hub_events_total[5m])')).not.toEqual([]);
	});
});

describe('the dashboard for Grafana', () => {
	it('has an id, a title, a schema that Grafana reads, and the variables that it uses', () => {
		const variables = dashboard.templating.list.map(({ name }) => name);

		expect(dashboard).toMatchObject({ uid: 'xero-hub', title: 'Xero Hub' });
		expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(36);
		expect(variables).toEqual(['datasource', 'job']);
	});

	it('has panels with ids of their own, which cover nobody and fit the width', () => {
		const ids = dashboard.panels.map(({ id }) => id);
		const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
			Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
		);

		expect(new Set(ids).size).toBe(ids.length);
		expect(new Set(cells).size).toBe(cells.length);
		for (const { gridPos } of dashboard.panels)
			expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
	});

	it('asks in every panel but the headings, with a title', () => {
		for (const { type, title, targets = [] } of dashboard.panels) {
			expect(title).not.toBe('');
			expect(targets.length > 0).toBe(type !== 'row');
			expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
		}
	});
});

describe('the alert rules', () => {
	it.each(rules)('$alert says how bad it is, what is wrong, and what to do', (rule) => {
		expect(rule.alert).toMatch(/^XeroHub[A-Z]\w+$/);
		expect(['critical', 'warning']).toContain(rule.labels.severity);
		expect(rule.for ?? '0m').toMatch(/^\d+[smh]$/);
		expect(rule.annotations.summary).not.toBe('');
		expect(rule.annotations.description).toMatch(/\.$/);
	});

	it('have names of their own', () => {
		expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
	});

	it('are in the npm package of the hub, with the dashboard', () => {
		const { files } = JSON.parse(hubFile('package.json')) as { readonly files: readonly string[] };

		expect(files).toContain('monitoring');
	});
});
