import { BlockList, isIP, isIPv6 } from "node:net";
import { ProblemError } from "../core/problem";
import { badProxy } from "./errors";
import { isLoopback } from "./url";

type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy in the form that axios expects. */
export interface Proxy {
  readonly protocol: "http" | "https";
  readonly host: string;
  readonly port: number;
  readonly auth?: { readonly username: string; readonly password: string };
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/**
 * The proxy that the environment prescribes for a URL: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, lower case
 * first, like curl. This machine itself is never reached through a proxy.
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

/**
 * Whether `NO_PROXY` excludes a host. The entries mean what they mean to Terraform itself: `*`; addresses and networks
 * (`10.0.0.0/8`, `fd00::/8`); names with all their subdomains, or the subdomains alone when they begin with a dot. All but
 * networks may have a port.
 *
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy
 */
function isExcluded(hostname: string, port: string, environment: Environment): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  return (environment["no_proxy"] || environment["NO_PROXY"] || "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      if (entry.includes("/")) return isWithin(host, entry);
      const { name, onlyPort } = nameAndPort(entry);
      if (onlyPort !== undefined && onlyPort !== port) return false;
      if (isIP(name)) return isWithin(host, `${name}/${isIPv6(name) ? 128 : 32}`);
      const suffix = name.replace(/^\*?\./, ".");
      return host === suffix || host.endsWith(suffix.startsWith(".") ? suffix : `.${suffix}`);
    });
}

/** Splits an entry. An IPv6 address contains colons, so it stands in brackets when a port follows. */
function nameAndPort(entry: string): { readonly name: string; readonly onlyPort: string | undefined } {
  if (isIPv6(entry)) return { name: entry, onlyPort: undefined };
  const [, bracketed, plain = "", onlyPort] = /^(?:\[(.*)\]|(.*?))(?::(\d+))?$/.exec(entry)!;
  return { name: bracketed ?? plain, onlyPort };
}

/** Whether a network contains a host; false for a text that is not a network. */
function isWithin(host: string, network: string): boolean {
  const [address = "", length = ""] = network.split("/");
  if (!isIP(host) || !isIP(address) || !/^\d{1,3}$/.test(length)) return false;
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  if (Number(length) > (family === "ipv6" ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(length), family);
  return list.check(host, isIPv6(host) ? "ipv6" : "ipv4");
}
