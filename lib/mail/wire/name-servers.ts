import { Resolver as NodeResolver } from "node:dns/promises";
import { isIP } from "node:net";
import { untilAborted } from "./deadline";

/** Record types that the diagnosis queries. */
export type RecordType = "A" | "AAAA" | "MX" | "TXT" | "CNAME" | "PTR" | "TLSA";

/** Records by type, in the form of `dns.promises.resolve`. */
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

/** Queries name servers; rejects with `code` `ENOTFOUND` (no such name), `ENODATA` (no such record) or the error's. */
export interface NameServers {
  readonly described: string;
  ask<T extends RecordType>(name: string, type: T, signal: AbortSignal): Promise<Records[T]>;
}

/** The code of a failed query; empty for an error that is not a name server's. */
export const answerCode = (error: unknown): string =>
  String((error as { readonly code?: unknown } | undefined)?.code ?? "");

/** Whether the answer is a clear no: no such name, no such record. */
export const isNegative = (error: unknown): boolean => ["ENODATA", "ENOTFOUND"].includes(answerCode(error));

const TRY_MS = 2_000;
const TRIES = 2;

/**
 * Makes a resolver. `servers` as `ip` or `ip:port`, IPv6 in brackets with a port; without any, those of the operating
 * system. The hosts file is not used: it applies to this machine only.
 */
export function nameServers(servers?: readonly string[]): NameServers {
  return {
    described: servers === undefined ? "the system's name servers" : servers.join(", "),
    async ask<T extends RecordType>(name: string, type: T, signal: AbortSignal) {
      // A resolver for each query: cancelling ends all queries of a resolver.
      const resolver = new NodeResolver({ timeout: TRY_MS, tries: TRIES });
      if (servers !== undefined) resolver.setServers([...servers]);
      try {
        // The overload depends on `T`, for which TypeScript takes that of any string: hence the cast.
        return (await untilAborted(resolver.resolve(name, type), signal)) as unknown as Records[T];
      } catch (error) {
        resolver.cancel();
        throw error;
      }
    },
  };
}

/** Whether {@link nameServers} accepts a text. */
export function isNameServer(text: string): boolean {
  if (isIP(text) !== 0) return true;
  const [, v6, v4, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const address = v6 === undefined ? isIP(v4 ?? "") === 4 : isIP(v6) === 6;
  return address && Number(port) >= 1 && Number(port) <= 65_535;
}
