import type { Prose } from "../../../core/prose";
import type { Cause, Retry } from "./cause";
import type { Circumstances, RefusalStage, Situation } from "./situation";

/** Where a row is known from. */
export type RowSource =
  | `http${"s" | ""}://${string}`
  | `RFC ${string}`
  | "IANA registry"
  /** Said by a server of that make that was run to hear it. */
  | "observed"
  | "known, not looked up";

/** A reply and what is known beside it: where it is said, by which server, and from where that is known. */
export interface Example {
  readonly at: RefusalStage;
  /** "Postfix" */
  readonly by: string;
  /** All lines, their codes included, with names of the example domains. */
  readonly said: string;
  readonly situation?: Omit<Situation, "stage">;
  /** @default the row's */
  readonly source?: RowSource;
}

/** When a row applies: all that is given has to fit. */
export interface Signs {
  /** @default everywhere */
  readonly stages?: readonly RefusalStage[];
  /** Basic codes, or the first digits of them: 4, 45, 450. */
  readonly codes?: readonly number[];
  /** "5.7.139", or "x.7.139" for both classes. */
  readonly enhanced?: readonly string[];
  /** Response codes of IMAP: "PRIVACYREQUIRED". */
  readonly responses?: readonly string[];
  /** Told by what the server says; lower case, see `words.ts`. */
  readonly words?: RegExp;
  /** And by what it does not say. */
  readonly not?: RegExp;
  /** The server says next to nothing beside its code. */
  readonly terse?: true;
  readonly circumstances?: Circumstances;
}

/** One way in which one cause is told. */
export interface Row {
  /** Unique: "microsoft-tenant-switch". */
  readonly id: string;
  readonly cause: Cause;
  /** Whose own words or codes these are; nobody else says the same and means something else. */
  readonly vendor?: string;
  readonly when: Signs;
  /** Codes behind which these words decide, where the codes alone mean something else. */
  readonly outweighs?: readonly string[];
  /** The code tells only a family, so that general words say more. @default false */
  readonly vague?: boolean;
  /** More precise than the cause's. */
  readonly summary?: Prose;
  readonly fix?: Prose;
  /** Where it is not the cause's: numbers lie. */
  readonly retry?: Retry;
  readonly source: RowSource;
  readonly examples: readonly Example[];
}

/** A row's examples as one line each. */
export function example(
  at: RefusalStage,
  by: string,
  said: string,
  more: Pick<Example, "situation" | "source"> = {},
): Example {
  return { at, by, said, ...more };
}
