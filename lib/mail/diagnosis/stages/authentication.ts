import { ProblemError } from "../../../core/problem";
import type { Capabilities } from "../../smtp/capabilities";
import type { Mechanism } from "../../smtp/login";
import { remedyFor } from "../../stage/remedy";
import type { Session } from "../../smtp/session";
import type { Seen } from "../../stage/stage-log";
import * as errors from "../errors";
import { login as remedies } from "../remedies/login";
import { logIn } from "./log-in";
import { chooseMechanism } from "./choose-mechanism";

const LOGIN_MS = 20_000;

/** The login. Undefined when there was none. */
export async function authentication(
  session: Session,
  { mechanisms }: Capabilities,
): Promise<Seen<Mechanism | undefined>> {
  const { target, deadline, dialogue, encrypted } = session;
  const { login } = target;
  const offered = mechanisms.length === 0 ? "the server offers no AUTH" : `the server offers ${mechanisms.join(", ")}`;
  if (!login) return { value: undefined, status: "skipped", detail: `no login configured; ${offered}` };
  if (!encrypted && target.security !== "none") {
    const detail = `not tried: the password of ${login.username} would travel in plain text; ${offered}`;
    return { value: undefined, status: "skipped", detail };
  }
  if (mechanisms.length === 0) throw new ProblemError(errors.authNotOffered(encrypted));
  const mechanism = chooseMechanism(mechanisms, encrypted, login.mechanism);
  const { reply, early } = await deadline.step(LOGIN_MS, (signal) => logIn(dialogue, mechanism, login, signal));
  return {
    value: mechanism,
    detail: `${mechanism} as ${login.username}: ${reply.text} (${offered})`,
    ...(early ? { warning: remedyFor(remedies.acceptedUnseen, { mechanism }, reply.text) } : {}),
  };
}
