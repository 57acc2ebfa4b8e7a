import type { ConnectionSecurity } from "../../core/topology";
import type { Mechanism } from "./login";

/** The server, sender and receivers of a test. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly security: ConnectionSecurity;
  /** With a `mechanism`, only that one is tried. */
  readonly login?: { readonly username: string; readonly password: string; readonly mechanism?: Mechanism };
  /**
   * With `starttls`, continues in plain text where the server does not offer it, as some platforms do; no password is
   * sent then. For probes only. @default false: that is a failure
   */
  readonly onlyIfOffered?: boolean;
  /** PEM text or the path of a PEM file, trusted besides the well-known authorities. */
  readonly ca?: string;
  readonly from: string;
  readonly to: readonly string[];
  /** `ip:port` of the outbound flows that exist for this server; undefined when nothing is known of flows. */
  readonly declaredFlows?: readonly string[];
  /**
   * Name servers for all names, as `ip` or `ip:port`. @default the operating system's resolver, hosts file included,
   * for the host; its name servers for everything else
   */
  readonly dnsServers?: readonly string[];
  /** The stage after which a probe ends. @default the last receiver */
  readonly lastStage?: string;
  /** The limit for all stages together. */
  readonly timeoutMs: number;
}
