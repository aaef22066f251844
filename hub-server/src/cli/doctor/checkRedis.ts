import type { Config } from '../../config/Config';
import { loadRedis } from '../../work/loadRedis';
import { ok, reasonOf, warning, type Finding } from './Finding';

const CHECK = 'Redis';

/** Whether hubs can ring each other. Nothing here is worse than a warning: they deliver without it too. */
export async function checkRedis({
	redisUrl,
}: Pick<Config, 'redisUrl'>): Promise<readonly Finding[]> {
	if (redisUrl === undefined) return [];
	try {
		const { isSharedWithN8n, evictionFault } = await loadRedis().inspectRedis(redisUrl);
		const findings = [
			...(evictionFault === undefined
				? []
				: [warning(CHECK, evictionFault, 'redis-cli config set maxmemory-policy noeviction')]),
			...(isSharedWithN8n
				? [
						warning(
							CHECK,
							"n8n's queue is in the same database number.",
							'Give the hub one of its own, such as redis://host:6379/1.',
						),
					]
				: []),
		];
		return findings.length > 0 ? findings : [ok(CHECK, 'It answers and keeps what it is given.')];
	} catch (cause) {
		return [
			warning(
				CHECK,
				`It cannot be used: ${reasonOf(cause)} Deliveries go on, up to a second later.`,
				'Check REDIS_URL and that Redis runs.',
			),
		];
	}
}
