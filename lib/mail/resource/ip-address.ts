import { isIP } from "node:net";
import type { Validator } from "../../terraform-plugin/schema";
import { notIpAddress } from "./errors";

/** One IPv4 or IPv6 address; not a network, a name or a port. */
export const ipAddress: Validator<string> = {
  describes: "an IP address",
  check: (value) => (isIP(value) === 0 ? notIpAddress(value) : undefined),
};
