import type { InboxMessage } from "../mail/smtp-sandbox";

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c; }
  article { border: 1px solid #ccc; border-radius: 6px; margin: 1rem 0; padding: 1rem; }
  h2 { margin: 0 0 .5rem; font-size: 1.1rem; } dl { margin: 0; display: grid; grid-template-columns: 7rem 1fr; }
  dt { color: #666; } dd { margin: 0; overflow-wrap: anywhere; } pre { white-space: pre-wrap; background: #f6f6f6; padding: 1rem; }
  @media (prefers-color-scheme: dark) { body { background: #181818; color: #eee; } pre { background: #222; } dt { color: #aaa; } }`;

/** The inbox for people: newest first, nothing loaded from elsewhere, no scripts. */
export function inboxPage(messages: readonly InboxMessage[]): string {
  const body =
    messages.length === 0 ? "<p>No mail has arrived yet.</p>" : [...messages].reverse().map(article).join("\n");
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Inbox (${messages.length}) - outbound sandbox</title><style>${style}</style></head>
<body>
<h1>Inbox</h1>
<p>Mail that the sandbox's SMTP server accepted. Reload for new mail.</p>
${body}
</body>
</html>
`;
}

function article(message: InboxMessage): string {
  const facts: [string, string][] = [
    ["From", message.from],
    ["To", message.to.join(", ")],
    ["Received", message.receivedAt],
    ["Transport", `${message.tls ?? "plaintext"}${message.user ? `, logged in as ${message.user}` : ", no login"}`],
  ];
  const headers = Object.entries(message.headers).map(([name, value]) => `${name}: ${value}`);
  return `<article>
<h2>${escaped(message.subject || "(no subject)")}</h2>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join("")}</dl>
<pre>${escaped(message.text)}</pre>
<details><summary>Headers</summary><pre>${escaped(headers.join("\n"))}</pre></details>
</article>`;
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
