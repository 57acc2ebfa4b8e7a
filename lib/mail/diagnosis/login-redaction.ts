import { WireSecrets } from "../wire/secrets";
import type { ReceiverResult } from "./receiver-result";
import type { RunSurroundings } from "./outcome";

/** Whatever a server repeats of a login, and however it writes it, is not shown. */
export function withoutLogins(
  surroundings: RunSurroundings,
  ...logins: readonly (WireLogin | undefined)[]
): RunSurroundings {
  const secrets = logins.flatMap((login) => {
    if (login === undefined) return [];
    const own = new WireSecrets();
    own.learn(login);
    return [own];
  });
  return {
    signal: surroundings.signal,
    redact: (text) => secrets.reduce((clean, own) => own.clean(clean), surroundings.redact(text)),
  };
}

type WireLogin = Parameters<WireSecrets["learn"]>[0];

export function redacted(
  receivers: readonly ReceiverResult[],
  surroundings: RunSurroundings,
): readonly ReceiverResult[] {
  return receivers.map(({ reply, ...rest }) => ({
    ...rest,
    ...(reply === undefined ? {} : { reply: surroundings.redact(reply) }),
  }));
}
