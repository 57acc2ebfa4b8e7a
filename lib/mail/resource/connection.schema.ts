import { emailAddress } from "../../validators/email-address";
import { hostName } from "../../validators/host-name";
import { integer } from "../../validators/integer";
import { nonEmpty } from "../../validators/non-empty";
import { oneOf } from "../../validators/one-of";
import { port } from "../../validators/port";
import { bool, listOf, nestedList, nestedObject, number, string } from "../../terraform-plugin/schema";
import { atLeastOne, each } from "../../validators/each";
import { singleLine } from "../../validators/single-line";
import { MECHANISMS } from "../smtp/mechanism";
import { SECURITIES } from "../wire/security";
import { ipAndPort, nameServer } from "./validators";

export { MECHANISMS, type Mechanism } from "../smtp/mechanism";

/** The attributes that the test mail and the probe share; `replace` is set where a change must test again. */

export const server = <R extends boolean>(replace: R) => ({
  smtp_host: string("required", {
    description: "Host name or IP address of the SMTP server.",
    validators: [hostName],
    replace,
  }),
  smtp_port: number("required", {
    description: "Port of the SMTP server: usually 587 with STARTTLS, 465 with implicit TLS.",
    validators: [port],
    replace,
  }),
  security: string("optional", {
    description:
      "`starttls` requires the upgrade and never falls back to plain text; `tls` speaks TLS from the first byte; `none` sends in the clear.",
    validators: [oneOf(SECURITIES)],
    default: "starttls",
    replace,
  }),
  username: string("optional", {
    description: "User to log in with. Without one, no authentication is tried.",
    validators: [nonEmpty, singleLine],
    replace,
  }),
  auth_mechanism: string("optional", {
    description:
      "How to log in: `PLAIN`, `LOGIN`, `CRAM-MD5`, or `XOAUTH2` with an OAuth 2.0 access token as the password. " +
      "Without it, the best one that the server offers; never `XOAUTH2`.",
    validators: [oneOf(MECHANISMS)],
    replace,
  }),
  ca_certificate: string("optional", {
    description: "PEM certificates, or the path of a PEM file, trusted besides the well-known authorities.",
    validators: [nonEmpty],
    replace,
  }),
  declared_flows: listOf("string", "optional", {
    description:
      "Outbound flows declared for this server, each as `ip:port`. A connection that times out is then explained by the flow that is missing.",
    validators: [each(ipAndPort)],
    replace,
  }),
  dns_servers: listOf("string", "optional", {
    description:
      "Name servers to ask for every name, each as `ip` or `ip:port`. Without them, those of the machine that runs Terraform.",
    validators: [atLeastOne<string>("name server"), each(nameServer)],
    replace,
  }),
  from_address: string("required", {
    description: "Address the test is sent from, as the alerts will be.",
    validators: [emailAddress],
    replace,
  }),
});

export const DEFAULT_TIMEOUT_SECONDS = 60;

export const timeoutSeconds = number("optional", {
  description: "Time for all stages together, in seconds.",
  validators: [integer({ min: 1, max: 3600 })],
  default: DEFAULT_TIMEOUT_SECONDS,
});

/** The result: the same attributes for both. */
export const outcome = {
  ok: bool("computed", {
    description: "True when no stage failed.",
    keep: true,
  }),
  verdict: string("computed", {
    description: "What was proved, and from where: accepted by the server is not yet delivered to the mailbox.",
    keep: true,
  }),
  stages: nestedList(
    {
      name: string("computed", { description: "Name of the stage, in the order of the diagnosis." }),
      kind: string("computed", {
        description:
          "What the name begins with where it names a receiver, a domain or a platform: `RCPT`, `MX`, `platform test`.",
      }),
      status: string("computed", { description: "`passed`, `warning`, `failed`, `skipped` or `unavailable`." }),
      duration_ms: number("computed", { description: "Milliseconds the stage took." }),
      detail: string("computed", { description: "What was seen." }),
      remedy: string("computed", { description: "What to do, where something is wrong." }),
    },
    "computed",
    { description: "Every stage with its status, duration and what was seen.", keep: true },
  ),
  receivers: nestedList(
    {
      address: string("computed", { description: "The receiver." }),
      status: string("computed", {
        description:
          "`accepted` by the server, `refused` for good, `deferred` for now, `unknown` when its answer was lost, `untried` when the test did not get that far.",
      }),
      reply: string("computed", { description: "The server's last words about it; null when there were none." }),
      attempts: number("computed", {
        description: "How often the server was asked; more than once where it greylists.",
      }),
      remedy: string("computed", { description: "What to do, where it was not accepted." }),
    },
    "computed",
    { description: "What became of each receiver.", keep: true },
  ),
  certificate_valid_from: string("computed", {
    description: "From when the server's certificate is valid, in UTC (RFC 3339); null when none was seen.",
    keep: true,
  }),
  certificate_expires_at: string("computed", {
    description: "When the server's certificate expires, in UTC (RFC 3339); null when none was seen.",
    keep: true,
  }),
};

const place = {
  folder: string("computed", { description: "Folder of the mailbox in which the mail lay." }),
  junk: bool("computed", { description: "True when that is the junk folder." }),
  latency_ms: number("computed", {
    description: "Milliseconds from the server's consent to the arrival in the mailbox, as far as clocks can tell.",
  }),
};

/** Where the mail was found in the first mailbox. */
export const arrival = nestedObject(place, "computed", {
  description:
    "Where the mail was found; null when it was not looked for, or not found. With several mailboxes: in the first.",
  keep: true,
});

/** Where the mail was found, for all mailboxes. */
export const arrivals = nestedList(
  { receiver: string("computed", { description: "Whose mailbox it is, as in `to`." }), ...place },
  "computed",
  {
    description:
      "Whose mailboxes showed the mail, and where it lay there; null when it was not looked for. Who is in `receivers` as `accepted` and not in here was not proved.",
    keep: true,
  },
);
