import { createHmac } from "node:crypto";
import { ProblemError } from "../core/problem";
import type { Dialogue } from "./dialogue";
import { brokenProtocol } from "./errors";
import { MECHANISMS, type Mechanism } from "./mechanism";
import { explainRefusal } from "./refusals";
import { remedyFor } from "./remedy";
import { login as remedies } from "./remedies/login";
import { isPositive, printable, type Reply } from "./reply";
import { AUTH } from "./stage";

export type { Mechanism };

/** Over TLS the simple ones are the safe ones: the server need not keep the password readable. */
const ENCRYPTED: readonly Mechanism[] = ["PLAIN", "LOGIN", "CRAM-MD5"];
const IN_CLEAR: readonly Mechanism[] = ["CRAM-MD5", "PLAIN", "LOGIN"];

/** The mechanism to use, `only` that one when it is given; throws when there is none in common. */
export function chooseMechanism(offered: readonly string[], encrypted: boolean, only?: Mechanism): Mechanism {
  const ours = only === undefined ? (encrypted ? ENCRYPTED : IN_CLEAR) : [only];
  const chosen = ours.find((mechanism) => offered.includes(mechanism));
  if (chosen) return chosen;
  const evidence = `wanted: ${ours.join(", ")}; offered: ${offered.join(", ")}`;
  const usable = MECHANISMS.filter((mechanism) => offered.includes(mechanism));
  if (only !== undefined && usable.length > 0) {
    throw new ProblemError(
      remedyFor(remedies.mechanismNotOffered, { mechanism: only, offered: usable.join(", ") }, evidence),
    );
  }
  if (only === undefined && offered.some((mechanism) => TOKENS.includes(mechanism))) {
    throw new ProblemError(remedyFor(remedies.onlyTokens, {}, evidence));
  }
  if (offered.every((mechanism) => DOMAIN_LOGINS.includes(mechanism))) {
    throw new ProblemError(remedyFor(remedies.onlyDomainLogins, {}, evidence));
  }
  throw new ProblemError(remedyFor(remedies.noCommonMechanism, { mechanisms: ours.join(", ") }, evidence));
}

/** Logins by an OAuth2 token, and those of a Windows or Kerberos domain. */
const TOKENS = ["XOAUTH2", "OAUTHBEARER"];
const DOMAIN_LOGINS = ["GSSAPI", "GSS-SPNEGO", "NTLM", "EXTERNAL"];

export interface LoggedIn {
  readonly reply: Reply;
  /** The server agreed before it had seen the password. */
  readonly early: boolean;
}

/** Logs in; throws the problem when the server refuses. @see RFC 4954, RFC 4616, RFC 2195 */
export async function logIn(
  dialogue: Dialogue,
  mechanism: Mechanism,
  login: { readonly username: string; readonly password: string },
  signal: AbortSignal,
): Promise<LoggedIn> {
  const { reply, complete, challenge } = await EXCHANGES[mechanism](dialogue, login.username, login.password, signal);
  if (reply.code === 235) return { reply, early: !complete };
  if (reply.code === 334) throw new ProblemError(remedyFor(remedies.neverEnds, { mechanism }, reply.text));
  if (isPositive(reply)) {
    throw new ProblemError(brokenProtocol(AUTH, "an answer that does not belong to a login", reply.text));
  }
  const problem = explainRefusal("AUTH", reply);
  if (challenge === undefined) throw new ProblemError(problem);
  const evidence = `${reply.text}; the server's reason: ${challenge}`;
  // Whatever code it is wrapped in: the token is what was refused.
  const refused = reply.code === 535 ? remedyFor(remedies.tokenRefused, {}, evidence) : { ...problem, evidence };
  throw new ProblemError(refused);
}

interface Ended {
  readonly reply: Reply;
  /** Everything was said that proves who we are. */
  readonly complete: boolean;
  /** What the server had to say in the middle, decoded. */
  readonly challenge?: string;
}

/** A fixed number of steps: a server that asks for ever is not answered for ever. */
type Exchange = (dialogue: Dialogue, user: string, password: string, signal: AbortSignal) => Promise<Ended>;

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

const EXCHANGES: Readonly<Record<Mechanism, Exchange>> = {
  PLAIN: async (dialogue, user, password, signal) => {
    const response = base64(`\0${user}\0${password}`);
    const reply = await dialogue.command(`AUTH PLAIN ${response}`, signal);
    // Some servers ask again although the response was given.
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
  // Of Google and Microsoft. A refused token is explained in a 334, which wants an empty answer before the refusal.
  XOAUTH2: async (dialogue, user, token, signal) => {
    const response = xoauth2(user, token);
    const first = await dialogue.command(`AUTH XOAUTH2 ${response}`, signal);
    if (first.code !== 334) return { reply: first, complete: true };
    const said = Buffer.from(first.lines.join(""), "base64").toString("utf8");
    // An empty question is no reason: this server wants the token on a line of its own.
    if (said === "") return { reply: await dialogue.answer(response, signal), complete: true };
    const challenge = printable(said.replaceAll(token, "(redacted)"), 200);
    return { reply: await dialogue.answer("", signal), complete: true, challenge };
  },
};

/** The initial response of XOAUTH2. */
export function xoauth2(user: string, token: string): string {
  return base64(`user=${user}\x01auth=Bearer ${token}\x01\x01`);
}
