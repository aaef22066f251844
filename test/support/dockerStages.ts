/** One stage of a Dockerfile: what it begins with, its name, and its instructions, each on one line. */
export interface DockerStage {
	readonly from: string;
	readonly name: string | undefined;
	readonly instructions: readonly string[];
}

/** The stages of a Dockerfile, in order; comments and line breaks within an instruction are gone. */
export function dockerStages(dockerfile: string): readonly DockerStage[] {
	const lines = dockerfile
		.replaceAll(/^\s*#.*\n/gm, '')
		.replaceAll(/\\\n\s*/g, '')
		.split('\n')
		.filter((line) => line !== '');
	const starts = lines.flatMap((line, at) => (line.startsWith('FROM ') ? [at] : []));
	return starts.map((at, index) => {
		const [, from = '', , name] = (lines[at] ?? '').split(' ');
		return { from, name, instructions: lines.slice(at + 1, starts[index + 1]) };
	});
}
