import type { Prose } from "../../../core/prose";
import type { Cause, Retry } from "./cause";
import type { Circumstances, RefusalStage, Situation } from "./situation";

/** The source of a row. */
export type RowSource =
  | `http${"s" | ""}://${string}`
  | `RFC ${string}`
  | "IANA registry"
  /** Observed from a server of that make in a test. */
  | "observed"
  | "known, not looked up";

/** A reply with its circumstances: where it is said, by which server, and its source. */
export interface Example {
  readonly at: RefusalStage;
  /** "Postfix" */
  readonly by: string;
  /** All lines with their codes; names are from the example domains. */
  readonly said: string;
  readonly situation?: Omit<Situation, "stage">;
  /** @default the row's */
  readonly source?: RowSource;
}

/** The conditions under which a row applies: all that are present must match. */
export interface Signs {
  /** @default any stage */
  readonly stages?: readonly RefusalStage[];
  /** Basic codes, or their first digits: 4, 45, 450. */
  readonly codes?: readonly number[];
  /** "5.7.139", or "x.7.139" for both classes. */
  readonly enhanced?: readonly string[];
  /** Response codes of IMAP: "PRIVACYREQUIRED". */
  readonly responses?: readonly string[];
  /** Words that the server must say, in lower case; see `words.ts`. */
  readonly words?: RegExp;
  /** Words that it must not say. */
  readonly not?: RegExp;
  /** The server says almost nothing besides its code. */
  readonly terse?: true;
  readonly circumstances?: Circumstances;
}

/** One way in which one cause shows itself. */
export interface Row {
  /** Unique: "microsoft-tenant-switch". */
  readonly id: string;
  readonly cause: Cause;
  /** The vendor whose own words or codes these are; no other server uses them with another meaning. */
  readonly vendor?: string;
  readonly when: Signs;
  /** Codes that these words outweigh, although the codes alone mean something else. */
  readonly outweighs?: readonly string[];
  /** The code names only a family, so that general words are more precise. @default false */
  readonly vague?: boolean;
  /** A more precise summary than the cause's. */
  readonly summary?: Prose;
  readonly fix?: Prose;
  /** Present where it differs from the cause's: codes can be wrong. */
  readonly retry?: Retry;
  readonly source: RowSource;
  readonly examples: readonly Example[];
}

/** Writes a row's example in one line. */
export function example(
  at: RefusalStage,
  by: string,
  said: string,
  more: Pick<Example, "situation" | "source"> = {},
): Example {
  return { at, by, said, ...more };
}
