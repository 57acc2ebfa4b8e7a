import { createHmac, randomBytes } from "node:crypto";

/** What the issuer of access tokens and the mail server share, made anew in each run. */
export const ACCESS_TOKEN_KEY = Buffer.from(
  process.env["MAIL_SERVERS_TOKEN_KEY"] ?? randomBytes(32).toString("hex"),
  "hex",
);
process.env["MAIL_SERVERS_TOKEN_KEY"] = ACCESS_TOKEN_KEY.toString("hex");

/** An access token as an issuer would sign it (JWT, HS256), good for an hour. */
export function accessToken(user: string, key = ACCESS_TOKEN_KEY, now = Date.now()): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const seconds = Math.floor(now / 1000);
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: user, iat: seconds - 60, exp: seconds + 3600 })}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}
