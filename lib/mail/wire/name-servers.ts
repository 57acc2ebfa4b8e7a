import { Resolver as NodeResolver } from "node:dns/promises";
import { isIP } from "node:net";
import { untilAborted } from "./deadline";

/** Record types the diagnosis asks for. */
export type RecordType = "A" | "AAAA" | "MX" | "TXT" | "CNAME" | "PTR" | "TLSA";

/** Records by type, in the shape of `dns.promises.resolve`. */
export interface Records {
  readonly A: string[];
  readonly AAAA: string[];
  readonly MX: { readonly exchange: string; readonly priority: number }[];
  readonly TXT: string[][];
  readonly CNAME: string[];
  readonly PTR: string[];
  /** Node.js 22.15 and later; earlier ones reject with `ERR_INVALID_ARG_VALUE`. */
  readonly TLSA: {
    readonly certUsage: number;
    readonly selector: number;
    readonly match: number;
    readonly data: ArrayBuffer;
  }[];
}

/** Asks name servers; rejects with `code` `ENOTFOUND` (no such name), `ENODATA` (no such record) or what went wrong. */
export interface NameServers {
  readonly described: string;
  ask<T extends RecordType>(name: string, type: T, signal: AbortSignal): Promise<Records[T]>;
}

/** What a question failed of; empty for what is no answer of a name server's. */
export const answerCode = (error: unknown): string =>
  String((error as { readonly code?: unknown } | undefined)?.code ?? "");

/** A clear no: no such name, no such record. */
export const isNegative = (error: unknown): boolean => ["ENODATA", "ENOTFOUND"].includes(answerCode(error));

const TRY_MS = 2_000;
const TRIES = 2;

/**
 * `servers` as `ip` or `ip:port`, IPv6 in brackets with a port; without any, those of the operating system.
 * The hosts file is not asked: what it says is true of this machine only.
 */
export function nameServers(servers?: readonly string[]): NameServers {
  return {
    described: servers === undefined ? "the system's name servers" : servers.join(", "),
    async ask<T extends RecordType>(name: string, type: T, signal: AbortSignal) {
      // One of its own for each question: cancelling ends all questions of a resolver.
      const resolver = new NodeResolver({ timeout: TRY_MS, tries: TRIES });
      if (servers !== undefined) resolver.setServers([...servers]);
      try {
        // Which overload it is, depends on `T`: TypeScript takes the one for any string.
        return (await untilAborted(resolver.resolve(name, type), signal)) as unknown as Records[T];
      } catch (error) {
        resolver.cancel();
        throw error;
      }
    },
  };
}

/** True for what {@link nameServers} takes. */
export function isNameServer(text: string): boolean {
  if (isIP(text) !== 0) return true;
  const [, v6, v4, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const address = v6 === undefined ? isIP(v4 ?? "") === 4 : isIP(v6) === 6;
  return address && Number(port) >= 1 && Number(port) <= 65_535;
}
