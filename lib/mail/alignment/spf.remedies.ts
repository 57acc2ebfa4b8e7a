import type { Remedy } from "../stage/remedy";
import { SPF } from "../stage/stage";

const WARNING = "warning";

/** What to do about SPF's results for the sending addresses. */
export const spf = {
  spfNoSource: {
    code: "mail/spf-no-source",
    stages: [SPF],
    severity: WARNING,
    summary: "No public address is known from which the mail leaves",
    fix: "Declare {setting:source_ips}: the addresses under which receivers see the sending server.",
  },
  spfNoRecord: {
    code: "mail/spf-no-record",
    stages: [SPF],
    severity: WARNING,
    summary: "{domain} publishes no SPF record",
    fix: 'Publish one TXT record at {domain}: "v=spf1 {terms} -all", with the addresses of all its other senders too.',
  },
  spfNearMiss: {
    code: "mail/spf-near-miss",
    stages: [SPF],
    severity: WARNING,
    summary: "{domain} has a TXT record that looks like SPF and is none: {record}",
    fix: 'Write the record as "v=spf1 {terms} -all": v=spf1 and a space at its very beginning, and nothing but spaces between the terms.',
  },
  spfIncludeUnanswered: {
    code: "mail/spf-include-unanswered",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} leads to {included}, and {servers} gave no answer for it ({question})",
    fix: "Check whether {servers} and others can look up {included}: if nobody can, take it out of the record of {domain} or have its owner repair it, since receivers put off the mail meanwhile.",
  },
  spfFail: {
    code: "mail/spf-fail",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} forbids {ips} to send",
    fix: "Add {terms} to the record of {domain}, in front of what matches now ({matched}); or send through a server that it permits.",
  },
  spfSoftfail: {
    code: "mail/spf-softfail",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} does not list {ips}, and asks for suspicion (softfail)",
    fix: "Add {terms} to the record of {domain}, in front of what matches now ({matched}); or send through a server that it permits.",
  },
  spfNeutral: {
    code: "mail/spf-neutral",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} says nothing of {ips} (neutral)",
    fix: "Add {terms} to the record of {domain}.",
  },
  spfGuess: {
    code: "mail/spf-guess",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} does not permit {ips}, if the mail leaves from there",
    fix: "Declare {setting:source_ips}, the addresses under which receivers see the sending server; if these are they, add {terms} to the record of {domain}.",
  },
  spfTooManyLookups: {
    code: "mail/spf-too-many-lookups",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} takes more than {limit} lookups, so receivers discard it",
    fix: "Remove includes of services that no longer send from the record of {domain}, and put {terms} in front of those that stay.",
  },
  spfLoop: {
    code: "mail/spf-include-loop",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} includes itself: {path}",
    fix: "Take the include that leads back out of the record, and add {terms}.",
  },
  spfTooManyVoid: {
    code: "mail/spf-void-lookups",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} names more than two hosts that do not exist",
    fix: "Remove the names without records from the record of {domain}, and put {terms} in front of those that stay.",
  },
  spfSeveral: {
    code: "mail/spf-several-records",
    stages: [SPF],
    severity: WARNING,
    summary: "{domain} publishes several SPF records, so receivers discard them all",
    fix: "Make one record of them at {domain}: one v=spf1, the terms of all, one `all` at the end.",
  },
  spfTooLong: {
    code: "mail/spf-too-long",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} has {length} characters; receivers read about 450",
    fix: "Shorten the record of {domain}: networks in place of single addresses, or parts of it behind an include.",
  },
  spfIncludeMissing: {
    code: "mail/spf-include-missing",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} includes {included}, which has none",
    fix: "Correct or remove that include in the record of {domain}: as it is, receivers discard the whole record.",
  },
  spfSyntax: {
    code: "mail/spf-syntax",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} cannot be read: {why}",
    fix: "Correct the record of {domain}: as it is, receivers discard all of it.",
  },
  spfEverybody: {
    code: "mail/spf-permits-everybody",
    stages: [SPF],
    severity: WARNING,
    summary: "The SPF record of {domain} permits every address in the world ({matched})",
    fix: "Put {terms} -all in place of {matched}: receivers distrust such a record.",
  },
  spfNotAligned: {
    code: "mail/spf-not-aligned",
    stages: [SPF],
    severity: WARNING,
    summary: "SPF passes for {envelope}, the sender on the envelope, and not for {domain}, the one in From",
    fix: "Have the relay use an envelope sender (bounce address) of {domain}; until then, only DKIM can satisfy DMARC.",
  },
} as const satisfies Record<string, Remedy>;
