import type { Remedy } from "../remedy";
import { DNS } from "../stage";

/** From the name of the server to its addresses. */
export const dns = {
  noSuchHost: {
    code: "mail/no-such-host",
    stages: [DNS],
    summary: "The name {host} does not resolve",
    fix: "Check the spelling of `smtp_host`; if it is right, this machine's DNS does not know the name: use one that it knows, or the IP address.",
  },
  resolverFailed: {
    code: "mail/resolver-failed",
    stages: [DNS],
    summary: "The resolver gave no answer for {host}",
    fix: "Check the network of this machine's DNS server, which did not answer or failed, then try again.",
  },
} as const satisfies Record<string, Remedy>;
