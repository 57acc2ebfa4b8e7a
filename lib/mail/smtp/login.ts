import { createHmac } from "node:crypto";
import { printable } from "../../core/printable";
import type { Dialogue } from "./dialogue";
import type { Mechanism } from "./mechanism";
import type { Reply } from "./reply";

export type { Mechanism };

interface Ended {
  readonly reply: Reply;
  /** Whether the whole login was sent. */
  readonly complete: boolean;
  /** The server's text in an intermediate reply, decoded. */
  readonly challenge?: string;
}

/** A fixed number of steps: a server that asks without end gets no further answers. */
type Exchange = (dialogue: Dialogue, user: string, password: string, signal: AbortSignal) => Promise<Ended>;

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

export const EXCHANGES: Readonly<Record<Mechanism, Exchange>> = {
  PLAIN: async (dialogue, user, password, signal) => {
    const response = base64(`\0${user}\0${password}`);
    const reply = await dialogue.command(`AUTH PLAIN ${response}`, signal);
    // Some servers ask again although the initial response was sent.
    const last = reply.code === 334 ? await dialogue.answer(response, signal) : reply;
    return { reply: last, complete: true };
  },
  LOGIN: async (dialogue, user, password, signal) => {
    const first = await dialogue.command("AUTH LOGIN", signal);
    if (first.code !== 334) return { reply: first, complete: false };
    const second = await dialogue.answer(base64(user), signal);
    if (second.code !== 334) return { reply: second, complete: false };
    return { reply: await dialogue.answer(base64(password), signal), complete: true };
  },
  "CRAM-MD5": async (dialogue, user, password, signal) => {
    const first = await dialogue.command("AUTH CRAM-MD5", signal);
    if (first.code !== 334) return { reply: first, complete: false };
    const challenge = Buffer.from(first.lines[0] ?? "", "base64");
    const digest = createHmac("md5", password).update(challenge).digest("hex");
    return { reply: await dialogue.answer(base64(`${user} ${digest}`), signal), complete: true };
  },
  // Google and Microsoft explain a refused token in a 334, which needs an empty answer before the refusal.
  XOAUTH2: async (dialogue, user, token, signal) => {
    const response = xoauth2(user, token);
    const first = await dialogue.command(`AUTH XOAUTH2 ${response}`, signal);
    if (first.code !== 334) return { reply: first, complete: true };
    const said = Buffer.from(first.lines.join(""), "base64").toString("utf8");
    // An empty challenge is no explanation: this server wants the token on a line of its own.
    if (said === "") return { reply: await dialogue.answer(response, signal), complete: true };
    const challenge = printable(said.replaceAll(token, "(redacted)"), 200);
    return { reply: await dialogue.answer("", signal), complete: true, challenge };
  },
};

/** The initial response of XOAUTH2. */
function xoauth2(user: string, token: string): string {
  return base64(`user=${user}\x01auth=Bearer ${token}\x01\x01`);
}
