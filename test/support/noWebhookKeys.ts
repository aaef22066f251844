import { signingKeysVersion } from '../../hub-server/src/workspaces/appKeyStore';

/** The version of the webhook keys of a workspace that has none. */
export const NO_WEBHOOK_KEYS = signingKeysVersion(undefined);
