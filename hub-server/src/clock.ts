/** Epoch milliseconds; tests move it. */
export type Clock = () => number;
