import { createHash, randomUUID } from "node:crypto";
import type { WebApp } from "../systems/kit/simulator/web-app";
import type { WebReply, WebRequest } from "../systems/kit/simulator/web";
import type { Inbox, InboxMessage } from "../mail/server";
import { withoutConnections } from "./foreign-html";
import type { NetworkMap } from "./network-map";
import { pageFiles } from "./page-files";

export interface PageOptions {
  readonly inbox: Inbox;
  readonly map: () => NetworkMap;
  /** What may change while somebody looks, by the name under which the page asks for it. */
  readonly parts: Readonly<Record<string, () => unknown>>;
  /** A copy fit to be shown, secrets masked. */
  show<T>(value: T): unknown;
  redact(text: string): string;
}

/** Scripts and styles of our own only; Trusted Types on top, since the page never needs a string to become markup. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/**
 * For what others have written. `sandbox` gives it an origin of its own and takes scripts, forms and the window above
 * away, also where somebody opens the address by itself; the rest keeps it from loading anything.
 */
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** No more of a text is shown: a browser would be busy with it for long. */
const LONGEST_TEXT = 256 * 1024;

/** The page for people at `/`, and what it asks for; all of it for reading only. */
export function addPageRoutes(app: WebApp, options: PageOptions): void {
  const { inbox, show, redact } = options;
  for (const { path, type, content } of pageFiles()) {
    app.get(path, async (_request, reply) =>
      reply.type(type).header("content-security-policy", PAGE_POLICY).send(content),
    );
  }

  const instance = randomUUID();
  // One small answer a second tells the page what has changed; only that is fetched.
  app.get("/_sandbox/pulse", async () => {
    const revisions = Object.entries(options.parts).map(([name, part]) => [name, revisionOf(part())]);
    return { instance, inbox: inbox.span, ...Object.fromEntries(revisions) };
  });
  app.get("/_sandbox/map", async () => show(options.map()));

  app.get("/_sandbox/messages", async (request) => {
    const after = Number((request.query as { after?: string }).after ?? 0);
    const newer = inbox.numbered().filter(({ number }) => number > after);
    return newer.map(({ number, message }) => show(summaryOf(number, message, inbox)));
  });
  app.get("/_sandbox/messages/:number", async (request, reply) => {
    const message = messageOf(request);
    if (message === undefined) return missing(reply);
    const original = inbox.original(message);
    return show({
      ...summaryOf(numberOf(request), message, inbox),
      messageId: message.messageId,
      queueId: message.queueId,
      text: message.text.slice(0, LONGEST_TEXT),
      truncated: message.text.length > LONGEST_TEXT,
      headers: original?.headers ?? Object.entries(message.headers),
      attachments: original?.attachments ?? [],
    });
  });
  app.get("/_sandbox/messages/:number/html", async (request, reply) => {
    const message = messageOf(request);
    const html = message && inbox.original(message)?.html;
    return html === undefined
      ? missing(reply)
      : foreign(reply, "text/html; charset=utf-8", withoutConnections(redact(html)));
  });
  app.get("/_sandbox/messages/:number/raw", async (request, reply) => {
    const message = messageOf(request);
    const original = message && inbox.original(message);
    if (original === undefined) return missing(reply);
    const end = original.truncated ? `\r\n[… cut off: the message has ${message!.bytes} bytes]\r\n` : "";
    return foreign(reply, "text/plain; charset=utf-8", redact(original.raw.toString("utf8")) + end);
  });

  function messageOf(request: WebRequest): InboxMessage | undefined {
    return inbox.at(numberOf(request));
  }
}

function numberOf(request: WebRequest): number {
  return Number((request.params as { number: string }).number);
}

function summaryOf(number: number, message: InboxMessage, inbox: Inbox) {
  const { from, to, subject, receivedAt, tls, user, bytes } = message;
  const original = inbox.original(message);
  return {
    number,
    ...{ from, to, subject, receivedAt, tls, user, bytes },
    rendered: original?.html !== undefined,
    raw: original !== undefined,
    attached: original?.attachments.length ?? 0,
  };
}

function foreign(reply: WebReply, type: string, text: string): WebReply {
  // Looking up names ahead of a click is no load, so no policy forbids it: this header does.
  return reply
    .type(type)
    .header("content-security-policy", MAIL_POLICY)
    .header("x-dns-prefetch-control", "off")
    .send(text);
}

function missing(reply: WebReply): WebReply {
  return reply.code(404).send({ error: "There is no such message, or it has made room for newer ones." });
}

function revisionOf(value: unknown): string {
  return createHash("sha1")
    .update(JSON.stringify(value) ?? "")
    .digest("base64url");
}
