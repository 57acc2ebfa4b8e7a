import { WireSecrets } from "../wire/secrets";
import type { ReceiverResult } from "./receiver-result";
import type { Watch } from "./outcome";

/** Whatever a server repeats of a login, and however it writes it, is not shown. */
export function withoutLogins(watch: Watch, ...logins: readonly (WireLogin | undefined)[]): Watch {
  const secrets = logins.flatMap((login) => {
    if (login === undefined) return [];
    const own = new WireSecrets();
    own.learn(login);
    return [own];
  });
  return {
    signal: watch.signal,
    redact: (text) => secrets.reduce((clean, own) => own.clean(clean), watch.redact(text)),
  };
}

type WireLogin = Parameters<WireSecrets["learn"]>[0];

export function redacted(receivers: readonly ReceiverResult[], watch: Watch): readonly ReceiverResult[] {
  return receivers.map(({ reply, ...rest }) => ({
    ...rest,
    ...(reply === undefined ? {} : { reply: watch.redact(reply) }),
  }));
}
