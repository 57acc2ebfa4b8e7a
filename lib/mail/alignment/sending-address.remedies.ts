import type { Remedy } from "../stage/remedy";
import { BLOCK_LISTS, PTR } from "../stage/stage";

const WARNING = "warning";

/** What to do when receivers refuse mail from its sending addresses, whatever the sender's domain publishes. */
export const sendingAddress = {
  reverseUnanswered: {
    code: "mail/reverse-name-unknown",
    stages: [PTR],
    severity: WARNING,
    summary: "No answer from {servers}: {question}",
    fix: "Check whether {servers} can look up the name of {ip}; receivers that cannot may put the mail off. Then test again.",
  },
  reverseMissing: {
    code: "mail/reverse-name-missing",
    stages: [PTR],
    severity: WARNING,
    summary: "{ip}, from which the mail leaves, has no name (no PTR record)",
    fix: "Have whoever owns {ip} (the hosting or internet provider) publish a PTR record with the sending server's name, and an address record of that name: large receivers refuse mail from addresses without.",
  },
  reverseNotConfirmed: {
    code: "mail/reverse-name-not-confirmed",
    stages: [PTR],
    severity: WARNING,
    summary: "{ip} is called {names}, which does not lead back to {ip}",
    fix: "Publish an address record of {name} with {ip}, or have the PTR record of {ip} name a host that has one: receivers do not believe a name that does not lead back.",
  },
  reverseGeneric: {
    code: "mail/reverse-name-generic",
    stages: [PTR],
    severity: WARNING,
    summary: "{ip} is called {name}, as providers name lines of their customers",
    fix: "Have the provider of {ip} set the PTR record to the sending server's own name, or send through a relay: many receivers refuse mail from such names.",
  },

  blockListed: {
    code: "mail/block-listed",
    stages: [BLOCK_LISTS],
    severity: WARNING,
    summary: "{ip} is on a block list: {lists}",
    fix: "Find out why at {pages}, stop what sent the unwanted mail, and only then ask to be taken off; until then send through another address.",
  },
  blockListedByPolicy: {
    code: "mail/block-listed-by-policy",
    stages: [BLOCK_LISTS],
    severity: WARNING,
    summary: "{ip} is listed as an address that shall not send mail by itself: {lists}",
    fix: "Send through the provider's relay or a mail service; or, where a mail server with a fixed address and a name of its own stands there, have it taken off at {pages}.",
  },
  blockListRefusesResolver: {
    code: "mail/block-list-refuses-resolver",
    stages: [BLOCK_LISTS],
    severity: WARNING,
    summary: "{lists} does not answer {servers}, so nothing is known of {ip} there",
    fix: "Ask a name server of your own ({setting:dns_servers}) that looks names up itself, not a public or a cloud's one: such lists refuse those, which is not to be listed.",
  },
  blockListUnanswered: {
    code: "mail/block-list-unknown",
    stages: [BLOCK_LISTS],
    severity: WARNING,
    summary: "No answer from {servers} about {ip}: {question}",
    fix: "Test again later: whether {ip} is listed is not known.",
  },
} as const satisfies Record<string, Remedy>;
