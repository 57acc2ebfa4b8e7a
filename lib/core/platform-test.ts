import type { Problem } from "./problem";
import type { Prose } from "./prose";

/** A platform's own test call: systems answer it, the test mail asks for it, the provider brings them together. */
export interface PlatformTestRequest {
  /** The id of the plugin or setting, as in `via`. */
  readonly id: string;
  /** Where the platform should send its test, when it lets us choose. */
  readonly receiver?: string;
  /** What the test mail itself uses: some platforms want their own settings repeated, with the password they do not show. */
  readonly smtp?: {
    readonly host: string;
    readonly login?: { readonly username: string; readonly password: string };
  };
  /** What a mail server means by the words that the platform passes on. */
  readonly explainServer: ExplainServer;
  readonly signal: AbortSignal;
}

/** Undefined when there is no mail server's reply in the words. */
export type ExplainServer = (words: string) => ServerRefusal | undefined;

/** A mail server's refusal, understood. */
export interface ServerRefusal {
  /** What is wrong, kebab-case: "relay-denied". */
  readonly cause: string;
  readonly summary: Prose;
  /** Refers to the settings of a test mail: systems write the names that their own settings have. */
  readonly fix: Prose;
}

export type PlatformTestResult =
  | { readonly status: "passed"; readonly detail: string }
  | { readonly status: "failed"; readonly problem: Problem }
  /** The platform has no such call (any more): neither passed nor failed. */
  | { readonly status: "unavailable"; readonly detail: string };
