/** The time of day in epoch milliseconds, which moves when the machine's clock is set; tests move it. */
export type Clock = () => number;

/**
 * Milliseconds since some moment that nobody sets, such as `performance.now`: what a duration is
 * measured with. Says nothing outside the process, so it is never stored.
 */
export type Uptime = () => number;
