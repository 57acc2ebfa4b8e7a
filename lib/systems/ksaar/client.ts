import { ProblemError } from "../../core/problem";
import type { SmtpProbe } from "../../core/smtp-probe";
import { sameName, twoDefaults } from "./errors";

/** There is nobody to talk to; what is left is the probe, and what the resources of one run must agree on. */
export class KsaarClient {
  private readonly defaults = new Set<string>();
  private readonly created = new Set<string>();

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

  /** Two stacks cannot see each other, two resources of one run can. */
  claim(name: string): void {
    if (this.created.has(name)) throw new ProblemError(sameName(name));
    this.created.add(name);
  }
}
