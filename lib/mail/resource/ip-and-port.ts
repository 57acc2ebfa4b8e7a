import type { Validator } from "../../terraform-plugin/schema";
import { parseIpAndPort } from "../wire/ip-and-port";
import { notIpAndPort } from "./errors";

/** `203.0.113.25:587`, or `[2001:db8::25]:587`. */
export const ipAndPort: Validator<string> = {
  describes: "`ip:port`",
  check: (value) => (parseIpAndPort(value) ? undefined : notIpAndPort(value)),
};
