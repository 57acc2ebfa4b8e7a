import { emailAddress } from "../../validators/email-address";
import { hostName } from "../../validators/host-name";
import { integer } from "../../validators/integer";
import { nonEmpty } from "../../validators/non-empty";
import { oneOf } from "../../validators/one-of";
import { port } from "../../validators/port";
import { singleLine } from "../../validators/single-line";
import {
  bool,
  nestedList,
  nestedObject,
  number,
  string,
  wholeNumber,
  type ObjectOf,
} from "../../terraform-plugin/schema";
import { sameValue, type Value } from "../../terraform-plugin/values";
import { SECURITIES } from "../wire/security";
import { environmentName } from "./validators";

export const WAIT_SECONDS = 30;

/** The default port. */
export const imapPort = (security: string | null) => (security === "starttls" || security === "none" ? 143 : 993);

const server = {
  host: string("required", {
    description: "Host name or IP address of the IMAP server that holds the receiver's mailbox.",
    validators: [hostName],
  }),
  port: number("optional", {
    description: "Port of the IMAP server. Without it: 993 with `tls`, else 143.",
    validators: [port],
  }),
  security: string("optional", {
    description: "`tls` speaks TLS from the first byte; `starttls` requires the upgrade; `none` sends in the clear.",
    validators: [oneOf(SECURITIES)],
    default: "tls",
  }),
  username: string("required", {
    description: "User to log in to the mailbox with.",
    validators: [nonEmpty, singleLine],
  }),
};

const password = {
  password_wo: string("optional", {
    description:
      "Password of the mailbox's `username`. Never stored; raise the mailbox's `password_wo_version` when it changes.",
    sensitive: true,
    writeOnly: true,
    validators: [nonEmpty],
  }),
  password_wo_version: wholeNumber("optional", {
    description: "Raise it to test again with a new password.",
    validators: [integer()],
    default: 1,
  }),
};

const looking = {
  access_token: bool("optional", {
    description:
      "True when `password_wo` of the mailbox is an OAuth 2.0 access token, as Microsoft 365 and Gmail want one (XOAUTH2).",
    default: false,
  }),
  ca_certificate: string("optional", {
    description:
      "PEM certificates, or the path of a PEM file, trusted for this server besides the well-known authorities.",
    validators: [nonEmpty],
  }),
  folder: string("optional", {
    description:
      "Folder in which the mail is expected; the others are searched too. A mail in the junk folder fails the test.",
    validators: [nonEmpty, singleLine],
    default: "INBOX",
  }),
  receiver: string("optional", {
    description: "Whose mailbox it is, one of `to`. Needed when `to` has more than one. Each receiver has one mailbox.",
    validators: [emailAddress],
  }),
  wait_seconds: number("optional", {
    description: "How long to wait for the mail once the server took it, in seconds; ends with `timeout_seconds`.",
    validators: [integer({ min: 1, max: 3600 })],
    default: WAIT_SECONDS,
  }),
  remove: bool("optional", {
    description: "Deletes the test mail from the mailbox once it was found.",
    default: false,
  }),
};

/** Attributes that change nothing about what was proved. */
const BESIDES: readonly string[] = ["wait_seconds", "remove"];

const attributes = { ...server, ...password, ...looking };

function proves(imap: ObjectOf<typeof attributes>): Value {
  return Object.fromEntries(Object.entries(imap).filter(([name]) => !BESIDES.includes(name)));
}

/** The mailbox in which the test mail has to arrive. */
export const imap = nestedObject(attributes, "optional", {
  description:
    "Looks for the test mail in the mailbox of one receiver, by IMAP: then the test proves that it was delivered, not only accepted.",
  replace: { when: (before, after) => before === null || after === null || !sameValue(proves(before), proves(after)) },
});

/** The mailboxes of further receivers. */
export const moreMailboxes = nestedList(attributes, "optional", {
  description:
    "Mailboxes of further receivers, each declared as `imap` is and looked into at the same time: the verdict names who was proved and who was only accepted. One mailbox for a receiver.",
  replace: {
    when: (before, after) =>
      before?.length !== after?.length || !sameValue((before ?? []).map(proves), (after ?? []).map(proves)),
  },
});

export type ImapValues = Omit<ObjectOf<typeof attributes>, keyof typeof password>;

/** The mailbox of an action, which stores no secrets. */
export const imapOfAction = nestedObject(
  {
    ...server,
    password_environment: string("required", {
      description:
        "Name of the environment variable that holds the password of `imap.username`. Read where Terraform runs; never stored.",
      validators: [environmentName],
    }),
    ...looking,
    access_token: bool("optional", {
      description:
        "True when the password is an OAuth 2.0 access token, as Microsoft 365 and Gmail want one (XOAUTH2).",
      default: false,
    }),
  },
  "optional",
  { description: imap.description },
);
