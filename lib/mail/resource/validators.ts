import { isIP } from "node:net";
import type { Validator } from "../../terraform-plugin/schema";
import { LABEL } from "../../validators/host-name";
import { parseIpAndPort } from "../wire/ip-and-port";
import { isNameServer } from "../wire/name-servers";
import { notAnEnvironmentName, notDkimSelector, notIpAddress, notIpAndPort, notNameServer } from "./errors";

/** The part before `._domainkey`: one label, or several with dots between them. @see RFC 6376 section 3.1 */
export const dkimSelector: Validator<string> = {
  describes: "a DKIM selector",
  check(value) {
    if (value.length <= 190 && !value.includes("_domainkey") && value.split(".").every((label) => LABEL.test(label))) {
      return undefined;
    }
    return notDkimSelector(value, value.split("._domainkey")[0] === value ? undefined : value.split("._domainkey")[0]);
  },
};

/** The name of an environment variable. Anything else is more likely the password itself, so it is not repeated. */
export const environmentName: Validator<string> = {
  describes: "the name of an environment variable",
  check: (value) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? undefined : notAnEnvironmentName()),
};

/** One IPv4 or IPv6 address; not a network, a name or a port. */
export const ipAddress: Validator<string> = {
  describes: "an IP address",
  check: (value) => (isIP(value) === 0 ? notIpAddress(value) : undefined),
};

/** `203.0.113.25:587`, or `[2001:db8::25]:587`. */
export const ipAndPort: Validator<string> = {
  describes: "`ip:port`",
  check: (value) => (parseIpAndPort(value) ? undefined : notIpAndPort(value)),
};

/** `192.0.2.53`, `192.0.2.53:5353` or `[2001:db8::53]:53`. */
export const nameServer: Validator<string> = {
  describes: "`ip` or `ip:port`",
  check: (value) => (isNameServer(value) ? undefined : notNameServer(value)),
};
