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
  /** The parts that change while the page is open, by the name under which the page requests them. */
  readonly parts: Readonly<Record<string, () => unknown>>;
  /** A copy that may be shown, secrets masked. */
  show<T>(value: T): unknown;
  redact(text: string): string;
}

/**
 * Allows only the sandbox's own scripts and styles, and Trusted Types, since the page never turns a string into markup.
 */
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
 * The policy for foreign mails. `sandbox` gives a mail an origin of its own and removes scripts, forms and access to
 * the parent window, even when its address is opened directly; the rest keeps it from loading anything.
 */
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** Longer texts are cut: a browser would take long to show them. */
const LONGEST_TEXT = 256 * 1024;

/** Serves the page for people at `/`, and its data; all of it for reading only. */
export function addPageRoutes(app: WebApp, options: PageOptions): void {
  const { inbox, show, redact } = options;
  for (const { path, type, content } of pageFiles()) {
    app.get(path, async (_request, reply) =>
      reply.type(type).header("content-security-policy", PAGE_POLICY).send(content),
    );
  }

  const instance = randomUUID();
  // A small answer each second says which parts have changed; only these are fetched.
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
  // Prefetching of names is no load, so no policy forbids it; this header does.
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
