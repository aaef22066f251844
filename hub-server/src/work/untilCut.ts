/**
 * Waits for work that is to end, and no longer than `graceMs` after `cut` is aborted. Work that is given
 * up goes on; what becomes of it then is nobody's concern.
 *
 * @returns whether it was done in time
 * @throws what the work threw in time
 */
export async function untilCut(
	work: Promise<unknown>,
	cut: AbortSignal,
	graceMs: number,
): Promise<boolean> {
	const over = Promise.withResolvers<false>();
	let timer: NodeJS.Timeout | undefined;
	const onCut = () => {
		timer = setTimeout(() => over.resolve(false), graceMs);
	};
	if (cut.aborted) onCut();
	else cut.addEventListener('abort', onCut, { once: true });
	try {
		return await Promise.race([work.then(() => true as const), over.promise]);
	} finally {
		clearTimeout(timer);
		cut.removeEventListener('abort', onCut);
	}
}
