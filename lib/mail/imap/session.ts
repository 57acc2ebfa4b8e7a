import type { ImapFlow } from "imapflow";
import { reasonOf } from "../../core/clock";
import { ProblemError, type Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { untilAborted, type Deadline } from "../wire/deadline";
import { remedyFor } from "../stage/remedy";
import { LONGEST_MESSAGE, MOST_BYTES, newClient, type Commands } from "./client";
import { explainStep } from "./explain";
import type { ListedFolder } from "./folders";
import { checkLogin, explainLogin } from "./login";
import type { ImapMailbox } from "./mailbox";
import type { ReachedMailbox } from "./reach";
import type { ExplainEntryRefusal } from "./refusal";
import { remedies } from "./remedies";

/** The share of the remaining time for a login or a command. */
const PART = 0.6;
const STEP = { least: 30_000, most: 300_000 };
const GOODBYE_MS = 1_000;
const METER_MS = 50;

/** The server refused one command; the session continues. */
export class ImapRefusal extends Error {
  constructor(
    readonly step: string,
    /** The server's words. */
    readonly said: string,
  ) {
    super(`${step}: ${said}`);
    this.name = "ImapRefusal";
  }
}

export interface OpenFolder {
  /** The number of messages in it. */
  readonly exists: number;
  /** The UID of the next message, where the server announces it. */
  readonly uidNext: number | undefined;
}

/** The headers by which a message is recognised. */
export interface MessageHeaders {
  readonly uid: number;
  readonly headers: string;
}

export interface FetchedMessage {
  readonly raw: Buffer;
  /** When the server stored it, by its own clock, in whole seconds; milliseconds since 1970. */
  readonly storedAt: number | undefined;
}

/**
 * A session with the mailbox. Every step ends in its time, whatever the server does, and ends the session when it fails
 * with anything but a refusal.
 */
export class ImapSession {
  private readonly meter: NodeJS.Timeout;
  private flooded = false;
  private opened: string | undefined;
  /** Why the client ended the session; the current command only learns that it ended. */
  private fault: Error | undefined;

  private constructor(
    private readonly client: ImapFlow & Commands,
    private readonly deadline: Deadline,
  ) {
    // An error event without a listener ends the process.
    client.on("error", (error: Error) => (this.fault ??= error));
    this.meter = setInterval(() => {
      if (client.stats().received <= MOST_BYTES) return;
      this.flooded = true;
      client.close();
    }, METER_MS);
    this.meter.unref();
  }

  static async open(
    mailbox: ImapMailbox,
    reached: ReachedMailbox,
    deadline: Deadline,
    explain: ExplainEntryRefusal,
  ): Promise<ImapSession> {
    checkLogin(mailbox, reached);
    const session = new ImapSession(await newClient(mailbox, reached), deadline);
    try {
      await deadline.step(deadline.share(PART, STEP), (signal) => untilAborted(session.client.connect(), signal));
      return session;
    } catch (error) {
      session.close();
      if (deadline.signal.aborted) throw reasonOf(deadline.signal);
      throw new ProblemError(session.ended("login") ?? explainLogin(error, mailbox, reached, explain));
    }
  }

  /** Whether UID EXPUNGE is available, which deletes one message and no other. @see RFC 4315 */
  get deletesSingly(): boolean {
    return this.client.capabilities.has("UIDPLUS");
  }

  list(): Promise<readonly ListedFolder[]> {
    return this.step("LIST", () => this.client.list({ listOnly: true }));
  }

  /** Opens the folder, read-only by default. */
  open(folder: string, readOnly = true): Promise<OpenFolder> {
    const step = `${readOnly ? "EXAMINE" : "SELECT"} ${printable(folder, 100)}`;
    return this.step(step, async () => {
      this.opened = undefined;
      const { exists = 0, uidNext } = await this.client.mailboxOpen(folder, { readOnly });
      this.opened = folder;
      return { exists, uidNext };
    });
  }

  /** UIDs of messages in the open folder that may have this id: servers search with different precision. */
  async search(messageId: string): Promise<readonly number[]> {
    const found: number[] = [];
    await this.step("SEARCH", async () => {
      // Not by the client's own search, which would expand any range a server sends, number by number.
      const { next } = await this.client.exec(
        "UID SEARCH",
        [
          { type: "ATOM", value: "HEADER" },
          { type: "STRING", value: "Message-ID" },
          { type: "STRING", value: messageId },
        ],
        {
          untagged: {
            SEARCH: async ({ attributes = [] }) => {
              for (const attribute of attributes) if (isUid(attribute?.value)) found.push(Number(attribute?.value));
            },
          },
        },
      );
      next();
    });
    return found;
  }

  /** Headers of messages in the open folder: of certain UIDs, or of a range of sequence numbers. */
  async headersOf(
    messages: { readonly uids: readonly number[] } | { readonly from: number },
    most: number,
  ): Promise<readonly MessageHeaders[]> {
    const uids = "uids" in messages;
    const range = uids ? messages.uids.join(",") : `${messages.from}:*`;
    return this.step("FETCH", async () => {
      const query = { uid: true, headers: ["message-id", "subject", "in-reply-to", "x-outbound-test"] };
      const found: MessageHeaders[] = [];
      for await (const { uid, headers } of this.client.fetch(range, query, { uid: uids })) {
        if (headers) found.push({ uid, headers: headers.toString("utf8") });
        if (found.length >= most) break;
      }
      return found;
    });
  }

  /** The message in the folder, up to a limit. */
  async fetch(folder: string, uid: number): Promise<FetchedMessage> {
    if (this.opened !== folder) await this.open(folder);
    const query = { uid: true, internalDate: true, source: { start: 0, maxLength: LONGEST_MESSAGE } };
    const message = await this.step("FETCH", () => this.client.fetchOne(String(uid), query, { uid: true }));
    if (!message || !message.source) throw new ImapRefusal("FETCH", "no such message any more");
    const storedAt = message.internalDate === undefined ? NaN : new Date(message.internalDate).getTime();
    return { raw: message.source, storedAt: Number.isNaN(storedAt) ? undefined : storedAt };
  }

  /** Marks one message of the folder, open for writing, as deleted. */
  mark(uid: number): Promise<void> {
    return this.step("STORE", async () => {
      const { next } = await this.client.exec("UID STORE", [
        { type: "SEQUENCE", value: String(uid) },
        { type: "ATOM", value: "+FLAGS.SILENT" },
        [{ type: "ATOM", value: "\\Deleted" }],
      ]);
      next();
    });
  }

  /** Deletes this message, and no other that is marked as deleted. Only where {@link deletesSingly}. */
  expunge(uid: number): Promise<void> {
    return this.step("EXPUNGE", async () => {
      const { next } = await this.client.exec("UID EXPUNGE", [{ type: "SEQUENCE", value: String(uid) }]);
      next();
    });
  }

  /** Logs out and waits for the answer, but not for long. */
  async end(): Promise<void> {
    await this.deadline
      .step(GOODBYE_MS, (signal) => untilAborted(this.client.logout(), signal))
      .catch(() => undefined)
      .finally(() => this.close());
  }

  close(): void {
    clearInterval(this.meter);
    this.client.close();
  }

  private async step<T>(name: string, body: () => Promise<T>): Promise<T> {
    try {
      return await this.deadline.step(this.deadline.share(PART, STEP), (signal) => untilAborted(body(), signal));
    } catch (error) {
      const { responseStatus, responseText } = error as { responseStatus?: string; responseText?: string };
      if (responseStatus === "NO" || responseStatus === "BAD") {
        throw new ImapRefusal(name, printable(responseText ?? responseStatus));
      }
      if (error instanceof ImapRefusal) throw error;
      this.close();
      if (this.deadline.signal.aborted) throw reasonOf(this.deadline.signal);
      throw new ProblemError(this.ended(name) ?? explainStep(error, name));
    }
  }

  /** What ended the session, where more is known than the current command learnt. */
  private ended(step: string): Problem | undefined {
    const { byeReason } = this.client;
    if (this.flooded) {
      const what = `more than ${MOST_BYTES / 1_048_576} MB for one mail`;
      return remedyFor(remedies.protocolViolation, { step, what });
    }
    if (byeReason !== undefined) return remedyFor(remedies.closed, { step }, printable(byeReason));
    return this.fault && explainStep(this.fault, step);
  }
}

function isUid(value: unknown): boolean {
  return typeof value === "string" && /^[1-9]\d{0,9}$/.test(value);
}
