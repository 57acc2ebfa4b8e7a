import { isIPv4 } from "node:net";
import type { ConnectionSecurity } from "../../../core/topology";

/** How alerts leave a simulated system and reach it, as it is set up now: what the sandbox draws its map of. */
export interface Connectivity {
  /** What it sends alerts with. */
  readonly outlets?: readonly Outlet[];
  /** Where it takes alerts of other systems. */
  readonly inlets?: readonly Inlet[];
  /** What it lets through the firewall, or is about to. */
  readonly openings?: readonly Opening[];
}

/** SMTP settings, a plugin, a webhook. */
export interface Outlet {
  /** As its users call it: "Prod SMTP". */
  readonly name: string;
  readonly enabled: boolean;
  /** The service whose open flows are its only way out; undefined where no firewall of ours stands before it. */
  readonly behind?: string;
  /** The server it sends by, when it speaks SMTP. */
  readonly smtp?: ConfiguredServer;
  /** The URL it hands alerts to, when it does not. */
  readonly handsTo?: string;
  /** Who is told through it, as far as that is set in the system. */
  readonly receivers: readonly string[];
}

/** An SMTP server as a platform sees it. */
export interface ConfiguredServer {
  readonly host: string;
  readonly port: number;
  readonly security: ConnectionSecurity;
  /** Undefined where only the real DNS would know it, which a simulator does not ask. */
  readonly ip?: string;
}

export interface Inlet {
  readonly name: string;
  /** The last segment of the URL that leads to it. */
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

/** The address of a name that a platform knows by itself, without asking anybody. */
export function knownAddress(host: string, own: Readonly<Record<string, string>>): string | undefined {
  if (isIPv4(host)) return host;
  return own[host.toLowerCase()] ?? (host.toLowerCase() === "localhost" ? "127.0.0.1" : undefined);
}
