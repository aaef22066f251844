/**
 * The portal's pages run nothing inline and load nothing from elsewhere. `form-action` names no host of
 * Xero's: the way there is a page of its own, because browsers hold every redirect of a form to it.
 */
export const PORTAL_CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self'",
	"font-src 'self'",
	"connect-src 'self'",
	"form-action 'self'",
	"base-uri 'none'",
	"frame-ancestors 'none'",
].join('; ');
