import { createHmac } from "node:crypto";
import { ProblemError } from "../core/problem";
import type { Dialogue } from "./dialogue";
import { noCommonMechanism } from "./errors";
import { explainRefusal } from "./refusals";
import { isPositive, type Reply } from "./reply";

export type Mechanism = "PLAIN" | "LOGIN" | "CRAM-MD5";

/** Over TLS the simple ones are the safe ones: the server need not keep the password readable. */
const ENCRYPTED: readonly Mechanism[] = ["PLAIN", "LOGIN", "CRAM-MD5"];
const IN_CLEAR: readonly Mechanism[] = ["CRAM-MD5", "PLAIN", "LOGIN"];

/** The mechanism to use, `only` that one when it is given; throws when there is none in common. */
export function chooseMechanism(offered: readonly string[], encrypted: boolean, only?: Mechanism): Mechanism {
  const ours = only === undefined ? (encrypted ? ENCRYPTED : IN_CLEAR) : [only];
  const chosen = ours.find((mechanism) => offered.includes(mechanism));
  if (!chosen) throw new ProblemError(noCommonMechanism(offered, only === undefined ? ENCRYPTED : ours));
  return chosen;
}

/** Logs in; throws the problem when the server refuses. @see RFC 4954, RFC 4616, RFC 2195 */
export async function logIn(
  dialogue: Dialogue,
  mechanism: Mechanism,
  login: { readonly username: string; readonly password: string },
  signal: AbortSignal,
): Promise<Reply> {
  const reply = await EXCHANGES[mechanism](dialogue, login.username, login.password, signal);
  if (reply.code !== 235) throw new ProblemError(explainRefusal("AUTH", reply));
  return reply;
}

type Exchange = (dialogue: Dialogue, user: string, password: string, signal: AbortSignal) => Promise<Reply>;

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

/** Goes on with the exchange only when the server asks for more. */
async function onward(dialogue: Dialogue, reply: Reply, answer: string, signal: AbortSignal): Promise<Reply> {
  return reply.code === 334 ? dialogue.answer(answer, signal) : reply;
}

const EXCHANGES: Readonly<Record<Mechanism, Exchange>> = {
  PLAIN: async (dialogue, user, password, signal) => {
    const response = base64(`\0${user}\0${password}`);
    const reply = await dialogue.command(`AUTH PLAIN ${response}`, signal);
    // Some servers ask again although the response was given.
    return onward(dialogue, reply, response, signal);
  },
  LOGIN: async (dialogue, user, password, signal) => {
    const first = await dialogue.command("AUTH LOGIN", signal);
    const second = await onward(dialogue, first, base64(user), signal);
    return onward(dialogue, second, base64(password), signal);
  },
  "CRAM-MD5": async (dialogue, user, password, signal) => {
    const reply = await dialogue.command("AUTH CRAM-MD5", signal);
    if (!isPositive(reply)) return reply;
    const challenge = Buffer.from(reply.lines[0] ?? "", "base64");
    const digest = createHmac("md5", password).update(challenge).digest("hex");
    return onward(dialogue, reply, base64(`${user} ${digest}`), signal);
  },
};
