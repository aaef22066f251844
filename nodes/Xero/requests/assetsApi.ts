/** The assets of Assets 1.0, below Xero's host. */
export const ASSETS_PATH = 'assets.xro/1.0/Assets';

/** Reading is also possible with `assets.read`. */
export const ASSETS_SCOPE = 'assets';
