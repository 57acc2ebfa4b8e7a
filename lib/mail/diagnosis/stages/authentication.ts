import { ProblemError } from "../../../core/problem";
import type { Capabilities } from "../../smtp/capabilities";
import { MECHANISMS, type Mechanism } from "../../smtp/mechanism";
import type { Session } from "../../smtp/session";
import { remedyFor } from "../../stage/remedy";
import type { StageResult } from "../../stage/stage-log";
import { authNotOffered } from "../errors";
import { problemOf } from "../refusals";
import { mechanismRefused } from "../refusals/causes";
import { login as remedies } from "../remedies/login";
import { chooseMechanism } from "./choose-mechanism";
import { logIn, type LoggedIn } from "./log-in";
import { situationOf } from "./situation-of";

/** How long a client should wait for an answer. @see RFC 5321 section 4.5.3.2 */
const LOGIN_MS = 300_000;

/** Logs in. Undefined when there is no login. */
export async function authentication(
  session: Session,
  { mechanisms }: Capabilities,
): Promise<StageResult<Mechanism | undefined>> {
  const { target, encrypted } = session;
  const { login } = target;
  const offered = mechanisms.length === 0 ? "the server offers no AUTH" : `the server offers ${mechanisms.join(", ")}`;
  if (!login) return { value: undefined, status: "skipped", detail: `no login configured; ${offered}` };
  if (!encrypted && target.security !== "none") {
    const detail = `not tried: the password of ${login.username} would travel in plain text; ${offered}`;
    return { value: undefined, status: "skipped", detail };
  }
  if (mechanisms.length === 0) throw new ProblemError(authNotOffered(encrypted));
  const first = chooseMechanism(mechanisms, encrypted, login.mechanism);
  const { mechanism, reply, early, refused } = await firstThatWorks(session, first, mechanisms);
  session.loggedInBy = mechanism;
  const warning = early
    ? remedyFor(remedies.acceptedUnseen, { mechanism }, reply.text)
    : refused.length > 0
      ? remedyFor(remedies.anotherMechanism, { refused: refused.join(", "), mechanism })
      : undefined;
  return {
    value: mechanism,
    detail: `${mechanism} as ${login.username}: ${reply.text} (${offered})`,
    ...(warning && { warning }),
  };
}

interface WorkingLogin extends LoggedIn {
  readonly mechanism: Mechanism;
  /** Mechanisms that were offered and then refused. */
  readonly refused: readonly Mechanism[];
}

/** Tries another offered mechanism when a server refuses a mechanism, not the login. */
async function firstThatWorks(session: Session, first: Mechanism, offered: readonly string[]): Promise<WorkingLogin> {
  const { target, deadline, dialogue, encrypted } = session;
  const login = target.login!;
  const others = MECHANISMS.filter((one) => one !== first && one !== "XOAUTH2" && offered.includes(one));
  // A requested mechanism is the only one; in plain text no other is tried, which might expose the password.
  const candidates = login.mechanism === undefined && encrypted ? [first, ...others] : [first];
  let problem: ProblemError | undefined;
  for (const [index, mechanism] of candidates.entries()) {
    try {
      const loggedIn = await deadline.step(session.patience(LOGIN_MS), (signal) =>
        logIn(dialogue, { ...login, mechanism }, situationOf(session), signal),
      );
      return { ...loggedIn, mechanism, refused: candidates.slice(0, index) };
    } catch (error) {
      if (!isMechanismRefused(error) || !dialogue.usable) throw problem ?? error;
      problem ??= error;
    }
  }
  throw problem!;
}

const isMechanismRefused = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.problems[0]?.code === problemOf(mechanismRefused).code;
