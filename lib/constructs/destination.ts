import { ipv4 } from "../validators";
import { check } from "./check";
import type { Made } from "./options";

/** The destination of a firewall flow. */
export class Destination {
  /**
   * One IPv4 address: `Destination.ipv4("203.0.113.25")`.
   *
   * @throws `value/not-an-ipv4-address` for networks, IPv6 addresses and names.
   */
  static ipv4(address: string): Destination {
    return new Destination(check(address, "ip", ipv4));
  }

  declare private readonly brand: "Destination";

  private constructor(readonly address: string) {}
}

/** Describes a Destination for {@link checkOptions}. */
export const DESTINATION: Made = {
  name: "Destination",
  is: (value) => value instanceof Destination,
  factory: 'Destination.ipv4("203.0.113.25")',
};
