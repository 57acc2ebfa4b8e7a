import { prose } from "../../../../core/prose";
import { asSaid, later, never, type Cause } from "../cause";
import * as mailbox from "./mailbox";
import { setting } from "../setting";

/** The client's address. */

export const clientRefused: Cause = {
  id: "client-refused",
  summary: prose`The server takes no mail from this machine`,
  fix: prose`Have this machine's public IP address allowed on the server, and check whether it is on a block list.`,
  retry: never,
  ofMailbox: mailbox.mailboxClientRefused,
};

export const clientNotAllowed: Cause = {
  id: "client-not-allowed",
  summary: prose`The server takes mail only from machines that it was told of`,
  fix: prose`Have this machine's source IP address allowed on the server, by the address that it is seen with there.`,
  retry: never,
  ofMailbox: mailbox.mailboxClientRefused,
};

export const clientThrottled: Cause = {
  id: "client-rate-limited",
  summary: prose`The server holds mail from this IP address back, as one whose reputation it doubts`,
  fix: prose`Asking again at once makes it worse: test again in an hour; have this machine's IP address allowed by the receiver (a connector or an allow list), or send through a relay that is known.`,
  retry: later(3_600),
};

export const clientWithoutName: Cause = {
  id: "client-without-name",
  summary: prose`The server wants the IP address of this machine to have a host name`,
  fix: prose`Publish a PTR record for this machine's public IP address and an A or AAAA record that leads back, or have the address exempted from the check.`,
  retry: never,
};

export const clientNameRefused: Cause = {
  id: "client-name-refused",
  summary: prose`The server does not accept the name by which this machine introduces itself`,
  fix: prose`Give this machine a full host name that the DNS knows, or have its IP address exempted from the check.`,
  retry: never,
};

export const greylisted: Cause = {
  id: "greylisted",
  summary: prose`The server asks to come back later, probably greylisting: it does not know this sender yet`,
  fix: prose`Temporary: test again in 5 to 15 minutes or with a larger ${setting("timeout_seconds")}, or have this machine's IP address exempted from greylisting.`,
  retry: { kind: "soon", seconds: 300 },
};

export const policyFailed: Cause = {
  id: "policy-check-failed",
  summary: prose`A policy check of the server could not be made, or did not pass`,
  fix: prose`See the server's words, then its log: the rule that was applied is named there.`,
  retry: asSaid,
};
