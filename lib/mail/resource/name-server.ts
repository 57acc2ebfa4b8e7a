import type { Validator } from "../../terraform-plugin/schema";
import { isNameServer } from "../wire/name-servers";
import { notNameServer } from "./errors";

/** `192.0.2.53`, `192.0.2.53:5353` or `[2001:db8::53]:53`. */
export const nameServer: Validator<string> = {
  describes: "`ip` or `ip:port`",
  check: (value) => (isNameServer(value) ? undefined : notNameServer(value)),
};
