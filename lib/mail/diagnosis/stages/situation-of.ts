import type { Session } from "../../smtp/session";
import { recognizeProvider } from "../refusals/providers";
import type { Situation } from "../refusals";

/** What is known of a connection, for the explanation of a refusal on it. */
export function situationOf(session: Session): Situation {
  const { target, encrypted, capabilities, greetings, certificateNames, loggedInBy } = session;
  const provider = recognizeProvider({ host: target.host, greetings, certificateNames });
  const mechanism = loggedInBy ?? target.login?.mechanism;
  return {
    login: target.login === undefined ? "none" : loggedInBy === undefined ? "held-back" : "given",
    encrypted,
    ...(capabilities === undefined
      ? {}
      : {
          startTlsOffered: !encrypted && capabilities.startTls,
          authOffered: capabilities.mechanisms.length > 0,
        }),
    ...(provider === undefined ? {} : { provider }),
    ...(mechanism === undefined ? {} : { mechanism }),
    sender: target.from,
    receivers: target.to,
  };
}
