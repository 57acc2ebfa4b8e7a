import type * as z from "../../core/zod";
import type { Problem } from "../../core/problem";
import type { HttpRequest, HttpResponse } from "../../http/types";
import type { Runtime } from "./system";
import type { ApiWords } from "./words";

/**
 * How a system is looked at before anything is deployed to it: what to read, which form each answer has, and what it
 * proves. Data, but for the calls; `lib/survey` carries it out and lets nothing through that is not reading.
 */
export interface Survey<Client = unknown, Settings = unknown> {
  readonly words: ApiWords;
  /** Where the system is by these settings. @throws ProblemError when one cannot be used */
  address(settings: Settings, runtime: Runtime): SurveyedAddress;
  /** Logs in as calls do, and says what the login tells. Rejects as calls do. */
  begin(client: Client, context: SurveyContext): Promise<Beginning>;
  /** What to read first. */
  readings(basis: Basis): readonly Reading[];
  /** Sends one. `doing` completes "could not …". */
  send(client: Client, part: string, doing: string, request: HttpRequest): Promise<HttpResponse>;
  /** Whether it is a right that is missing. @default status 403 */
  isForbidden?(error: unknown): boolean;
  /** Rights that not every survey proves, above all those to change something, and why nobody can tell then. */
  readonly unproven: readonly UnprovenRight[];
  /** Why version, edition, account or end of the login are not told, where they are not. */
  readonly untold: Readonly<Record<keyof Facts, string>>;
  readonly vocabulary: Vocabulary;
}

/**
 * Where answers have words of the vendor's own (names of settings, states, types), which a recording may keep: by the members
 * that lead there, without lists: `rules.criticalities`. The whole text must match.
 */
export type Vocabulary = Readonly<Record<string, RegExp>>;

export interface SurveyedAddress {
  /** As it is shown. */
  readonly url: string;
  /** Addresses that a login is posted to: with reading all that may be sent. */
  readonly logins: readonly string[];
  /** What the settings alone tell. */
  readonly facts?: Partial<Facts>;
}

export interface SurveyContext {
  /** Where to look, by the system's places. */
  readonly places: readonly string[];
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The parsed answer to the latest login; undefined when none was needed. */
  readonly granted: () => unknown;
}

/** What had to be known before anything could be read: names and ids that become part of addresses. */
export type Basis = Readonly<Record<string, readonly string[]>>;

export interface Beginning {
  readonly basis: Basis;
  readonly facts?: Partial<Facts>;
  readonly rights?: readonly SurveyedRight[];
  /** Objects that nobody can be asked for here, by their kind, and why. @default none */
  readonly uncounted?: Readonly<Record<string, string>>;
}

export interface Facts {
  readonly version: string;
  readonly edition: string;
  /** Who we are. */
  readonly account: string;
  /** When the login ends. */
  readonly until: LoginEnd;
}

export interface LoginEnd {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** True for a session: each run makes one of its own. */
  readonly renewed: boolean;
}

export interface UnprovenRight {
  /** As the vendor calls it. */
  readonly right: string;
  /** The resource types that do not work without it. */
  readonly for: readonly string[];
  /** Why nobody can tell whether it is there. */
  readonly unknown: string;
}

export interface SurveyedRight extends Pick<UnprovenRight, "right" | "for"> {
  readonly state: "granted" | "missing";
}

/** What an answer tells. */
export interface ReadingResult {
  readonly facts?: Partial<Facts>;
  readonly rights?: readonly SurveyedRight[];
  readonly problems?: readonly Problem[];
}

/** One thing to read. Made by {@link reading}. */
export interface Reading<T = unknown> {
  /** What is read, in the plural where there are many: "notification rules". Completes "could not read the …". */
  readonly subject: string;
  /** Which part of the API, where it has several. @default "" */
  readonly part?: string;
  /** With `{…}` for each of {@link ids}: `/api/alertplugins/types/{type}`. */
  readonly route: string;
  readonly ids?: readonly string[];
  /** Only what we make up ourselves, or ids. */
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly contract: z.ZodMiniType<T>;
  /** The right that it proves, and what does not work without. */
  readonly proves?: ProvedRight;
  /** Why a server in order may not have it: then its absence is said, and is no fault. @default every server has it */
  readonly mayLack?: string;
  /** How many there are of each kind, of one answer. */
  readonly counts?: Readonly<Record<string, (data: T) => number>>;
  readonly tells?: (data: T, response: HttpResponse, context: Pick<SurveyContext, "now">) => ReadingResult;
  /** The query of the next page; undefined after the last. */
  readonly nextPage?: (data: T, page: number) => Reading["query"] | undefined;
  /** What can be read only now. */
  readonly then?: (data: T) => Following;
}

export interface ProvedRight {
  readonly right: string;
  readonly for: readonly string[];
  /** True when deployments work without it as long as they have none of these resources. @default false */
  readonly seldom?: boolean;
}

export interface Following {
  readonly readings: readonly Reading[];
  /** How many were left out because there are so many: what they would have counted is "at least". @default 0 */
  readonly leftOut?: number;
}

/** The type of its answer is erased here and nowhere else: only its own functions are given the answer. */
export const reading = <T>(one: Reading<T>): Reading => one as unknown as Reading;

/** As many as a person waits for. */
const MOST_FOLLOWED = 50;

/** What to read of each, for the first so many. */
export function eachOf<T>(items: readonly T[], follow: (item: T) => readonly Reading[]): Following {
  return {
    readings: items.slice(0, MOST_FOLLOWED).flatMap(follow),
    leftOut: Math.max(0, items.length - MOST_FOLLOWED),
  };
}
