/**
 * Login mechanisms that can be requested. `XOAUTH2` uses an OAuth 2.0 access token in place of the password, and is
 * used only on request. @see RFC 4616 (PLAIN), RFC 2195 (CRAM-MD5)
 */
export const MECHANISMS = ["PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2"] as const;

export type Mechanism = (typeof MECHANISMS)[number];
