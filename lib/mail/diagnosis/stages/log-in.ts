import { ProblemError } from "../../../core/problem";
import type { Dialogue } from "../../smtp/dialogue";
import type { Mechanism } from "../../smtp/mechanism";
import { remedyFor } from "../../stage/remedy";
import { isPositive, type Reply } from "../../smtp/reply";
import { AUTH } from "../../stage/stage";
import { EXCHANGES } from "../../smtp/login";
import { brokenProtocol } from "../errors";
import { explainReply, type Situation } from "../refusals";
import { login as remedies } from "../remedies/login";

export interface LoggedIn {
  readonly reply: Reply;
  /** The server agreed before it had received the password. */
  readonly early: boolean;
}

/** Logs in; throws the problem when the server refuses. @see RFC 4954, RFC 4616, RFC 2195 */
export async function logIn(
  dialogue: Dialogue,
  {
    mechanism,
    username,
    password,
  }: { readonly mechanism: Mechanism; readonly username: string; readonly password: string },
  situation: Situation,
  signal: AbortSignal,
): Promise<LoggedIn> {
  const { reply, complete, challenge } = await EXCHANGES[mechanism](dialogue, username, password, signal);
  if (reply.code === 235) return { reply, early: !complete };
  if (reply.code === 334) throw new ProblemError(remedyFor(remedies.neverEnds, { mechanism }, reply.text));
  if (isPositive(reply)) {
    throw new ProblemError(brokenProtocol(AUTH, "an answer that does not belong to a login", reply.text));
  }
  const { problem } = explainReply(reply, { ...situation, stage: "AUTH", login: "given", mechanism });
  if (challenge === undefined) throw new ProblemError(problem);
  const evidence = `${reply.text}; the server's reason: ${challenge}`;
  // Whatever the code is: the token was refused.
  const refused = reply.code === 535 ? remedyFor(remedies.tokenRefused, {}, evidence) : { ...problem, evidence };
  throw new ProblemError(refused);
}
