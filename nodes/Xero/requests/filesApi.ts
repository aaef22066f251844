/** Files 1.0, below Xero's host. */
export const FILES_PATH = 'files.xro/1.0';

/** Reading is also possible with `files.read`. */
export const FILES_SCOPE = 'files';
