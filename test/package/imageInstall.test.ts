import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dockerStages, type DockerStage } from '../support/dockerStages';
import { freePort } from '../support/freePort';
import { nodeBinary } from '../support/nodeBinary';
import { startProcess } from '../support/processes';
import { repositoryRoot } from '../support/repositoryRoot';
import { temporaryFolder } from '../support/temporaryFolder';

const stages = dockerStages(readFileSync(join(repositoryRoot, 'hub-server/Dockerfile'), 'utf8'));

function stage(name: string | undefined): DockerStage {
	const found = stages.find((one) => one.name === name);
	if (found === undefined) throw new Error(`The Dockerfile has no stage ${name}`);
	return found;
}

/** Files of the repository, as `COPY a b target` puts them into an image's work folder. */
function copyInto(folder: string, instruction: string, from = repositoryRoot): void {
	const words = instruction.split(' ').slice(1);
	const sources = words.filter((word) => !word.startsWith('--'));
	const target = join(folder, sources.pop() ?? '');
	for (const source of sources) {
		const isFolder = instruction.endsWith('/') && sources.length > 0;
		const name = isFolder ? join(target, source.split('/').at(-1) ?? '') : target;
		mkdirSync(join(name, '..'), { recursive: true });
		cpSync(join(from, source), name, { recursive: true });
	}
}

// There is no Docker in the tests: the instructions of the Dockerfile are followed in a folder instead.
describe("the hub's image", () => {
	it('starts with what its Dockerfile installs, and nothing else', async () => {
		const folder = temporaryFolder();
		const app = join(folder.path, 'app');
		mkdirSync(app);
		const dependencies = stage('dependencies');
		for (const line of stage(dependencies.from).instructions) {
			if (line.startsWith('COPY ')) copyInto(app, line);
		}
		for (const line of dependencies.instructions) {
			const command = line.replace(/^RUN (?:--mount=\S+ )*/, '');
			await promisify(execFile)('sh', ['-c', `${command} --prefer-offline`], { cwd: app });
		}
		const last = stages.at(-1)?.instructions ?? [];
		expect(last).toContain('COPY --from=dependencies /app ./');
		for (const line of last.filter((one) => one.startsWith('COPY ') && !one.includes('=dep'))) {
			copyInto(app, line.replace('--from=build /app/', ''));
		}
		expect(existsSync(join(app, 'node_modules/typescript'))).toBe(false);

		const port = await freePort();
		const hub = startProcess({
			name: 'xero-hub serve, as in the image',
			command: nodeBinary,
			args: [join(app, 'hub-server/bin/xero-hub.js'), 'serve'],
			cwd: app,
			env: {
				NODE_ENV: 'production',
				HUB_PORT: String(port),
				HUB_DATA_DIR: join(folder.path, 'data'),
				HUB_SYNC: 'off',
			},
		});
		await hub.untilServing(`http://127.0.0.1:${port}/healthz`);
		await hub.stop();
		folder.remove();
	}, 180_000);
});
