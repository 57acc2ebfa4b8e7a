import type { ProviderId } from "./providers";

/**
 * Where a reply was received. What a server may say to RCPT, it may also say after the message. `IMAP`: from the server
 * of the mailbox, before anything is read there.
 */
export const REFUSAL_STAGES = ["banner", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "IMAP"] as const;
export type RefusalStage = (typeof REFUSAL_STAGES)[number];

/** What was known when the server refused. Absent facts are unknown, and decide nothing. */
export interface Situation {
  readonly stage?: RefusalStage;
  /**
   * `none`: no user is configured. `held-back`: one is, and was not sent. `given`: the server has accepted it, or is
   * judging it.
   */
  readonly login?: "none" | "held-back" | "given";
  readonly encrypted?: boolean;
  /** The server offers STARTTLS on this unencrypted connection. */
  readonly startTlsOffered?: boolean;
  /** The server offers logins on the current connection. */
  readonly authOffered?: boolean;
  /** Who the server is, when it is known. */
  readonly provider?: ProviderId;
  readonly mechanism?: string;
  readonly sender?: string;
  readonly receivers?: readonly string[];
}

/** The conditions of a row on the situation: all that are present must hold. */
export interface Circumstances {
  readonly login?: Situation["login"];
  readonly encrypted?: boolean;
  readonly startTlsOffered?: boolean;
  readonly authOffered?: boolean;
  readonly provider?: ProviderId | readonly ProviderId[];
  /** The login is by an OAuth 2.0 token. */
  readonly token?: boolean;
  /** More than one receiver was named. */
  readonly severalReceivers?: boolean;
}

export function isSo(wanted: Circumstances, situation: Situation): boolean {
  const { login, encrypted, startTlsOffered, authOffered, provider, token, severalReceivers } = wanted;
  const is = <T>(want: T | undefined, found: T | undefined) => want === undefined || want === found;
  const providers = provider === undefined ? undefined : typeof provider === "string" ? [provider] : provider;
  return (
    is(login, situation.login) &&
    is(encrypted, situation.encrypted) &&
    is(startTlsOffered, situation.startTlsOffered) &&
    is(authOffered, situation.authOffered) &&
    (providers === undefined || (situation.provider !== undefined && providers.includes(situation.provider))) &&
    is(token, situation.mechanism === undefined ? undefined : /^(XOAUTH2|OAUTHBEARER)$/i.test(situation.mechanism)) &&
    is(severalReceivers, situation.receivers === undefined ? undefined : situation.receivers.length > 1)
  );
}
