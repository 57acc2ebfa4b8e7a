import { lookup } from "node:dns/promises";
import type { LookupAddress } from "node:dns";
import type { Clock } from "../../core/clock";
import type { NameOfSetting } from "../../core/prose";
import type { PresentedCertificate } from "./certificate-chain";
import type { ConversationLog } from "./transcript";

/** What a probe needs from its surroundings. */
export interface ProbeRuntime {
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Undefined when the file does not exist. */
  readonly readFile: (path: string) => string | undefined;
  /** All addresses of a name. @default the operating system's resolver, hosts file included */
  readonly resolver?: Resolver;
  /** How settings are named in the outcome. @default as in HCL */
  readonly nameOfSetting?: NameOfSetting;
  /** Records the conversations with the server, line by line, redacted. @default nowhere */
  readonly wire?: ConversationLog;
  /** Called with the certificates of each server, trusted or not, its own first. @default nothing */
  readonly onCertificates?: (
    server: { readonly host: string; readonly port: number },
    chain: readonly PresentedCertificate[],
  ) => void;
}

export type Resolver = (host: string) => Promise<readonly LookupAddress[]>;

/** Resolves names as this machine does, `/etc/hosts` included, in its order. */
export const systemResolver: Resolver = (host) => lookup(host, { all: true, verbatim: true });
