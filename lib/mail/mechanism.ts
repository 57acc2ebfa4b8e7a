/** Ways to log in that can be asked for. @see RFC 4616 (PLAIN), RFC 2195 (CRAM-MD5), RFC 7628 (OAuth 2.0 and SASL) */
export const MECHANISMS = ["PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2"] as const;

export type Mechanism = (typeof MECHANISMS)[number];
