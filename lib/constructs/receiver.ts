import { ProblemError } from "../core/problem";
import { emailAddress } from "../validators";
import { check, checkLine } from "./check";
import { noReceivers } from "./errors";
import { describe, notMade, type Made } from "./options";

/** A receiver of alerts. */
export class Receiver {
  /**
   * A receiver by mail address: `Receiver.email("oncall@example.com")`.
   *
   * @param name who that is, for readers of the program and of plans
   * @throws `value/bad-email-address` when this is not exactly one address with a domain.
   */
  static email(address: string, name?: string): Receiver {
    return new Receiver(check(address, "receivers", emailAddress), checkLine(name, "name"));
  }

  declare private readonly brand: "Receiver";

  private constructor(
    readonly address: string,
    readonly name?: string,
  ) {}

  toString(): string {
    return this.name === undefined ? this.address : `${this.name} <${this.address}>`;
  }
}

/** Describes a Receiver for {@link checkOptions}. */
export const RECEIVER: Made = {
  name: "Receiver",
  is: (value) => value instanceof Receiver,
  factory: 'Receiver.email("oncall@example.com")',
};

/** Checks a list of receivers: at least one, each address once. Keeps the given order. */
export function checkReceivers(receivers: readonly Receiver[]): readonly Receiver[] {
  if (!Array.isArray(receivers) || receivers.length === 0) throw new ProblemError(noReceivers());
  for (const receiver of receivers as readonly unknown[]) {
    if (receiver instanceof Receiver) continue;
    const argument = typeof receiver === "string" ? describe(receiver) : "...";
    throw new ProblemError(notMade({ name: "Receiver", factory: `Receiver.email(${argument})` }, receiver));
  }
  return [...new Map(receivers.map((receiver) => [receiver.address, receiver])).values()];
}
