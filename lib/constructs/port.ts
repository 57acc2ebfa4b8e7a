import { port, smtpPort } from "../validators";
import { check } from "./check";
import type { Made } from "./options";

/** A TCP port. */
export class Port {
  /**
   * A port that mail servers use and firewalls of hosted platforms can open: 587, which OVHcloud recommends, 25, 465 or 2525.
   *
   * @throws `value/not-allowed` for any other; use {@link Port.tcp} for a server on an unusual port.
   */
  static smtp(number: number): Port {
    return new Port(check(number, "port", smtpPort));
  }

  /** Any TCP port, 1 to 65535. */
  static tcp(number: number): Port {
    return new Port(check(number, "port", port));
  }

  /** @internal */
  static of(value: Port | number): Port {
    return value instanceof Port ? value : Port.tcp(value);
  }

  declare private readonly brand: "Port";

  private constructor(readonly number: number) {}
}

/** Describes a Port, or a number in its place, for {@link checkOptions}. */
export const PORT: Made = {
  name: "port",
  is: (value) => typeof value === "number" || value instanceof Port,
  factory: "587 or Port.smtp(587)",
};
