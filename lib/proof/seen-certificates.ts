import { printableLine } from "../core/printable";
import type { ProbeRuntime } from "../mail/wire/probe-runtime";
import type { PresentedCertificate } from "../mail/wire/certificate-chain";
import type { SeenCertificate } from "./proof";

interface Server {
  readonly host: string;
  readonly port: number;
}

/** The certificates that servers have shown during one test. */
export class SeenCertificates {
  private readonly chains = new Map<string, (readonly PresentedCertificate[])[]>();

  /** Records certificates; passed to the runtime of whatever connects. */
  readonly record: NonNullable<ProbeRuntime["onCertificates"]> = (server, chain) => {
    if (chain.length > 0) this.chains.set(nameOf(server), [...(this.chains.get(nameOf(server)) ?? []), chain]);
  };

  /** The chain that a server has shown last, its own certificate first; empty where it showed none. */
  of(server: Server): readonly PresentedCertificate[] {
    return this.chains.get(nameOf(server))?.at(-1) ?? [];
  }

  /** Those with readable dates, without duplicates: a server is connected to more than once, and may have several. */
  all(): readonly SeenCertificate[] {
    const shown = [...this.chains].flatMap(([server, chains]) =>
      chains.flatMap((chain) => chain.flatMap((one, index) => seen(server, one, index === 0))),
    );
    return [...new Map(shown.map((one) => [JSON.stringify(one), one])).values()];
  }
}

export const nameOf = ({ host, port }: Server): string => `${host}:${port}`;

function seen(server: string, { name, from, to }: PresentedCertificate, own: boolean): SeenCertificate[] {
  if (Number.isNaN(from) || Number.isNaN(to)) return [];
  const [begins, ends] = [new Date(from), new Date(to)];
  const called = `CN=${printableLine(name ?? "?")}`;
  return [{ server, own, name: called, from: begins.toISOString(), until: ends.toISOString() }];
}
