import { someOf } from "../core/some-of";
import type { Smtp } from "../core/topology";
import type { Flow, Mailer, Route } from "../topology";

/** The words of a review. */

export const LATER = "(known after apply)";

const SECURITY = { none: "no encryption", starttls: "STARTTLS", tls: "TLS" } as const;

export function destination({ ip, port }: Pick<Flow, "ip" | "port">): string {
  return `${ip ?? LATER}:${port ?? LATER}`;
}

export function server({ host, port }: Smtp): string {
  return `${host ?? (host === null ? "(no host)" : LATER)}:${port ?? (port === null ? "(no port)" : LATER)}`;
}

export function protection({ security, opportunistic }: Smtp): string {
  if (security === undefined) return LATER;
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

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
