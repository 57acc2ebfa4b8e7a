import { isIPv4 } from "node:net";
import type { ConnectionSecurity } from "../../../core/topology";

/** How alerts leave a simulated system and reach it in its present configuration: the data of the sandbox's map. */
export interface Connectivity {
  /** The outlets through which it sends alerts. */
  readonly outlets?: readonly Outlet[];
  /** The inlets for alerts of other systems. */
  readonly inlets?: readonly Inlet[];
  /** The firewall openings, also those in progress. */
  readonly openings?: readonly Opening[];
}

/** SMTP settings, a plugin, a webhook. */
export interface Outlet {
  /** The name that its users know: "Prod SMTP". */
  readonly name: string;
  readonly enabled: boolean;
  /** The service whose open flows are its only way out; undefined where none of our firewalls stands before it. */
  readonly behind?: string;
  /** The server that it sends through, when it speaks SMTP. */
  readonly smtp?: ConfiguredServer;
  /** The URL that it posts alerts to, when it does not speak SMTP. */
  readonly postsTo?: string;
  /** The receivers, as far as the system defines them. */
  readonly receivers: readonly string[];
}

/** An SMTP server as a platform sees it. */
export interface ConfiguredServer {
  readonly host: string;
  readonly port: number;
  readonly security: ConnectionSecurity;
  /** The address; undefined where only the real DNS knows it, which a simulator does not ask. */
  readonly ip?: string;
}

export interface Inlet {
  readonly name: string;
  /** The last segment of its URL. */
  readonly address: string;
  readonly enabled: boolean;
  readonly receivers: readonly string[];
}

export interface Opening {
  readonly service: string;
  readonly ip: string;
  readonly port: number;
  readonly description: string;
  /** In the system's own word: "delivered", "creating". */
  readonly state: string;
}

/** The address of a name that a platform resolves by itself. */
export function knownAddress(host: string, own: Readonly<Record<string, string>>): string | undefined {
  if (isIPv4(host)) return host;
  return own[host.toLowerCase()] ?? (host.toLowerCase() === "localhost" ? "127.0.0.1" : undefined);
}
