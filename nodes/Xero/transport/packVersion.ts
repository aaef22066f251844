/** As `package.json` says; the pack reads no files, so a test holds the two equal. */
export const PACK_VERSION = '0.2.0';
