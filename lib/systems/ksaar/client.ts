import { ProblemError } from "../../core/problem";
import type { SmtpProbe } from "../../core/smtp-probe";
import { twoDefaults } from "./errors";

/** The client of a system without an API: it holds the probe, and what the resources of one run must agree on. */
export class KsaarClient {
  private readonly defaults = new Set<string>();

  constructor(readonly probe: SmtpProbe) {}

  /** Records which connection is to be the default. Recording the same one again is permitted. */
  wantDefault(name: string, isDefault: boolean): void {
    if (!isDefault) {
      this.defaults.delete(name);
      return;
    }
    const [other] = [...this.defaults].filter((one) => one !== name);
    if (other !== undefined) throw new ProblemError(twoDefaults(name, other));
    this.defaults.add(name);
  }
}
