import type { Problem } from "./problem";
import type { Prose } from "./prose";

/** A request for a platform's own test. Systems carry it out, the test mail asks for it, the provider connects the two. */
export interface PlatformTestRequest {
  /** The id of the plugin or setting, as in `via`. */
  readonly id: string;
  /** The address to which the platform should send its test, when it lets us choose. */
  readonly receiver?: string;
  /** The settings of the test mail itself: some platforms want theirs repeated, with the password that they do not show. */
  readonly smtp?: {
    readonly host: string;
    readonly login?: { readonly username: string; readonly password: string };
  };
  /** Explains the words of a mail server that the platform passes on. */
  readonly explainServer: ExplainServer;
  readonly signal: AbortSignal;
}

/** Explains a mail server's reply; undefined when the words hold none. */
export type ExplainServer = (words: string) => ServerRefusal | undefined;

/** A mail server's refusal, explained. */
export interface ServerRefusal {
  /** The cause, kebab-case: "relay-denied". */
  readonly cause: string;
  readonly summary: Prose;
  /** The remedy. It refers to the settings of a test mail; systems write the names that their own settings have. */
  readonly fix: Prose;
}

export type PlatformTestResult =
  | { readonly status: "passed"; readonly detail: string }
  | { readonly status: "failed"; readonly problem: Problem }
  /** The platform has no such call (any more): the test neither passed nor failed. */
  | { readonly status: "unavailable"; readonly detail: string };
