/**
 * Ways to log in that can be asked for. `XOAUTH2` takes an OAuth 2.0 access token in place of the password, and is used
 * only when it is asked for. @see RFC 4616 (PLAIN), RFC 2195 (CRAM-MD5)
 */
export const MECHANISMS = ["PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2"] as const;

export type Mechanism = (typeof MECHANISMS)[number];
