import { ProblemError } from "../../core/problem";
import type { SmtpProbe } from "../../core/smtp-probe";
import { twoDefaults } from "./errors";

/** There is nobody to talk to; what is left is the probe, and what the resources of one run must agree on. */
export class KsaarClient {
  private readonly defaults = new Set<string>();

  constructor(readonly probe: SmtpProbe) {}

  /** Tells which connection shall be the default; asked for the same one again it says nothing. */
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
