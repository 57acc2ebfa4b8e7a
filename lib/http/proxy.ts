import { ProblemError } from "../core/problem";
import { badProxy } from "./errors";
import { isLoopback } from "./url";

type Environment = Readonly<Record<string, string | undefined>>;

/** In the shape axios wants it. */
export interface Proxy {
  readonly protocol: "http" | "https";
  readonly host: string;
  readonly port: number;
  readonly auth?: { readonly username: string; readonly password: string };
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/**
 * The proxy that the environment prescribes for a URL: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`,
 * lower case first, as curl has it. This machine itself is never reached through a proxy.
 */
export function proxyFor(url: string, environment: Environment): Proxy | undefined {
  const { protocol, hostname, port } = new URL(url);
  if (isLoopback(hostname)) return undefined;
  const variable = [`${protocol.slice(0, -1)}_proxy`, "all_proxy"]
    .flatMap((name) => [name, name.toUpperCase()])
    .find((name) => environment[name]);
  if (variable === undefined) return undefined;
  if (isExcluded(hostname, port || DEFAULT_PORTS[protocol]!, environment)) return undefined;
  return parseProxy(variable, environment[variable]!);
}

function parseProxy(variable: string, value: string): Proxy {
  let proxy: URL;
  try {
    proxy = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`);
  } catch {
    throw new ProblemError(badProxy(variable, value.replace(/\/\/[^@/]*@/, "//(redacted)@")));
  }
  if (!(proxy.protocol in DEFAULT_PORTS)) throw new ProblemError(badProxy(variable, proxy.protocol));
  const credentials = { username: decodeURIComponent(proxy.username), password: decodeURIComponent(proxy.password) };
  return {
    protocol: proxy.protocol === "https:" ? "https" : "http",
    host: proxy.hostname,
    port: Number(proxy.port || DEFAULT_PORTS[proxy.protocol]),
    ...(proxy.username === "" ? {} : { auth: credentials }),
  };
}

/** Entries are `*`, names with everything below them (with or without a leading dot), addresses; each may carry a port. */
function isExcluded(hostname: string, port: string, environment: Environment): boolean {
  const list = environment["no_proxy"] || environment["NO_PROXY"] || "";
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, name = "", onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry)!;
      if (onlyPort !== undefined && onlyPort !== port) return false;
      const suffix = name.replace(/^\*?\./, "");
      return hostname === suffix || hostname.endsWith(`.${suffix}`);
    });
}
