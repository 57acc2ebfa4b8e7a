import type { InboxMessage } from "../../../mail/server";
import type { Demo } from "../demo";

/** Shows the mail as its receivers got it. */
export function showInbox(demo: Demo): void {
  const messages = demo.sandbox.inbox.messages;
  const test = messages.find(({ headers }) => headers["auto-submitted"] === "auto-generated");
  demo.check("the test mail arrived", test !== undefined, "an automatically generated message", subjects(messages));
  demo.check(
    "the platform's own test mail arrived",
    messages.length > (test === undefined ? 0 : 1),
    "a message besides ours",
    subjects(messages),
  );
  if (test !== undefined) show(demo, test);
}

function show(demo: Demo, message: InboxMessage): void {
  const transport = `${message.tls ?? "plaintext"}, ${message.user ? `logged in as ${message.user}` : "no login"}`;
  demo.narrator.line(`   As the inbox received it (${transport}):`);
  demo.narrator.quote(
    [
      `From:    ${message.from}`,
      `To:      ${message.to.join(", ")}`,
      `Subject: ${message.subject}`,
      `Date:    ${message.receivedAt}`,
      "",
      message.text,
    ].join("\n"),
  );
}

function subjects(messages: readonly InboxMessage[]): string[] {
  return messages.map(({ subject }) => subject);
}
