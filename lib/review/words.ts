import { someOf } from "../core/some-of";
import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import type { Smtp } from "../core/topology";
import type { Flow, Mailer, Route } from "../topology";

/** The words of a review. */

const SECURITY = { none: "no encryption", starttls: "STARTTLS", tls: "TLS" } as const;

export function destination({ ip, port }: Pick<Flow, "ip" | "port">): string {
  return `${ip ?? KNOWN_AFTER_APPLY}:${port ?? KNOWN_AFTER_APPLY}`;
}

export function server({ host, port }: Smtp): string {
  return `${host ?? (host === null ? "(no host)" : KNOWN_AFTER_APPLY)}:${port ?? (port === null ? "(no port)" : KNOWN_AFTER_APPLY)}`;
}

export function protection({ security, opportunistic }: Smtp): string {
  if (security === undefined) return KNOWN_AFTER_APPLY;
  return opportunistic ? `${SECURITY[security]} only where offered` : SECURITY[security];
}

export function connection(smtp: Smtp): string {
  const login = smtp.login === undefined ? "" : smtp.login ? ", with login" : ", without login";
  return `${server(smtp)} (${protection(smtp)}${login})`;
}

export function mailerName(mailer: Mailer): string {
  return mailer.name === undefined ? mailer.address : `${mailer.title} "${mailer.name}"`;
}

export function routeName(route: Route): string {
  return route.name === undefined ? route.address : `${route.title} "${route.name}"`;
}

export const list = (words: readonly string[], most = 5): string => someOf(words, most);
