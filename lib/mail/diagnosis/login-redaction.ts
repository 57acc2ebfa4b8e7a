import { WireSecrets, type WireLogin } from "../wire/secrets";
import type { ReceiverResult } from "./receiver-result";
import type { RunSurroundings } from "./outcome";

/** Hides what a server repeats of a login, in every encoding. */
export function withoutLogins(
  surroundings: RunSurroundings,
  ...logins: readonly (WireLogin | undefined)[]
): RunSurroundings {
  const secrets = new WireSecrets();
  for (const login of logins) if (login !== undefined) secrets.learn(login);
  return {
    signal: surroundings.signal,
    onStage: surroundings.onStage,
    redact: (text) => secrets.clean(surroundings.redact(text)),
  };
}

export function redacted(
  receivers: readonly ReceiverResult[],
  surroundings: RunSurroundings,
): readonly ReceiverResult[] {
  return receivers.map(({ reply, ...rest }) => ({
    ...rest,
    ...(reply === undefined ? {} : { reply: surroundings.redact(reply) }),
  }));
}
