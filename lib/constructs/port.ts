import { oneOf, port } from "../validators";
import { check } from "./check";
import type { Made } from "./options";

/** Where mail servers listen: 25 (relay), 465 (implicit TLS), 587 (submission, STARTTLS), 2525 (587 where that is blocked). */
const SMTP_PORTS = [25, 465, 587, 2525] as const;

/** A TCP port. */
export class Port {
  /**
   * A port that mail servers use and firewalls of hosted platforms can open: 25, 465, 587 or 2525.
   *
   * @throws `value/not-allowed` for any other; use {@link Port.tcp} for a server on an unusual port.
   */
  static smtp(number: number): Port {
    return new Port(check(number, "port", oneOf(SMTP_PORTS)));
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

/** Where a port is given as a number or as a Port. */
export const PORT: Made = {
  name: "port",
  is: (value) => typeof value === "number" || value instanceof Port,
  factory: "587 or Port.smtp(587)",
};
