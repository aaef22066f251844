import { benchClaims } from './claims';
import { benchCrm } from './crm';
import { benchNodeThroughput } from './nodeThroughput';
import { benchProxyOverhead } from './proxyOverhead';
import { benchSoak } from './soak';
import { benchSync } from './sync';
import { benchWebhookAcks } from './webhookAcks';
import { benchWholeSync } from './wholeSync';

const print = (line: string) => process.stdout.write(`${line}\n`);

/** By the name that `npm run bench -- <name>` takes. */
const benches: Readonly<Record<string, (print: (line: string) => void) => Promise<void>>> = {
	proxy: benchProxyOverhead,
	webhooks: benchWebhookAcks,
	claims: benchClaims,
	sync: benchSync,
	nodes: benchNodeThroughput,
	soak: benchSoak,
	'whole-sync': benchWholeSync,
	crm: benchCrm,
};

/** Take ten minutes, so they run only when they are named. */
const ONLY_BY_NAME = ['soak', 'whole-sync', 'crm'];

async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	const unknown = wanted.filter((name) => benches[name] === undefined);
	if (unknown.length > 0) {
		throw new Error(
			`No bench is called ${unknown.join(', ')}: there are ${Object.keys(benches).join(', ')}`,
		);
	}
	for (const [name, bench] of Object.entries(benches)) {
		const isWanted = wanted.length === 0 ? !ONLY_BY_NAME.includes(name) : wanted.includes(name);
		if (isWanted) await bench(print);
	}
}

void main();
