import { isIP } from "node:net";

/** The server whose certificate vROps checks. */
export interface TlsServer {
  readonly host: string;
  readonly port: number | string;
  /** Whether TLS begins after a greeting in plaintext. */
  readonly startTls: boolean;
}

/** A text that is a single word for every shell. */
const WORD = /^[\w.:-]+$/;

/** A command that prints a digest of a server's certificate: `openssl s_client … | openssl x509 …`. */
export function opensslCommand(server: TlsServer | undefined, digest: "sha1" | "sha256"): string {
  const known = server !== undefined && WORD.test(server.host) && /^\d+$/.test(String(server.port));
  const host = known ? server.host : "HOST";
  const parts = [
    `openssl s_client -connect ${host.includes(":") ? `[${host}]` : host}:${known ? server.port : "PORT"}`,
    ...(known && isIP(host) === 0 ? [`-servername ${host}`] : []),
    ...(server?.startTls ? ["-starttls smtp"] : []),
    `</dev/null | openssl x509 -noout -fingerprint -${digest}`,
  ];
  return parts.join(" ");
}

/**
 * The server of a URL among the settings, for plugins whose settings only vROps knows; undefined unless there is exactly
 * one.
 */
export function serverAmong(values: Iterable<string>): TlsServer | undefined {
  const urls = [...values].flatMap((value) =>
    /^https:\/\//i.test(value) && URL.canParse(value) ? [new URL(value)] : [],
  );
  const [url] = urls;
  if (url === undefined || new Set(urls.map(({ host }) => host)).size !== 1) return undefined;
  return { host: url.hostname.replace(/^\[|\]$/g, ""), port: url.port || 443, startTls: false };
}
