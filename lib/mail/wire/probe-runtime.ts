import { lookup } from "node:dns/promises";
import type { LookupAddress } from "node:dns";
import type { Clock } from "../../core/clock";
import type { NameOfSetting } from "../../core/prose";
import type { PresentedCertificate } from "./certificate-chain";
import type { ConversationLog } from "./transcript";

/** What a probe needs of the world around it. */
export interface ProbeRuntime {
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Undefined when the file does not exist. */
  readonly readFile: (path: string) => string | undefined;
  /** All addresses of a name. @default the operating system's resolver, hosts file included */
  readonly resolver?: Resolver;
  /** What the reader of the outcome calls the settings. @default as HCL has them */
  readonly nameOfSetting?: NameOfSetting;
  /** Where the conversations with the server are written, line by line, redacted. @default nowhere */
  readonly wire?: ConversationLog;
  /** Hears of the certificates of each server, trusted or not, its own first. @default nobody does */
  readonly onCertificates?: (
    server: { readonly host: string; readonly port: number },
    chain: readonly PresentedCertificate[],
  ) => void;
}

export type Resolver = (host: string) => Promise<readonly LookupAddress[]>;

/** As this machine resolves names, `/etc/hosts` included, in its order. */
export const systemResolver: Resolver = (host) => lookup(host, { all: true, verbatim: true });
