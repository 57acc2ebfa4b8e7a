import type { Authenticator } from "../../http/types";

/** A short-lived token made elsewhere; when it expires, only its maker can help. */
export function accessTokenAuthenticator(accessToken: string): Authenticator {
  return { authorize: async () => ({ Authorization: `Bearer ${accessToken}` }) };
}
