import type * as z from "../../core/zod";
import type { Problem } from "../../core/problem";
import type { HttpRequest, HttpResponse } from "../../http/types";
import type { Runtime } from "./system";
import type { ApiWords } from "./words";

/**
 * The survey of a system before a deployment: what to read, which form each answer has, and what it proves. It is data,
 * except for the calls; `lib/survey` carries it out and lets only reading requests through.
 */
export interface Survey<Client = unknown, Settings = unknown> {
  readonly words: ApiWords;
  /**
   * The address of the system by these settings.
   *
   * @throws ProblemError when one cannot be used
   */
  address(settings: Settings, runtime: Runtime): SurveyedAddress;
  /** Logs in like calls do, and returns the facts of the login. Rejects like calls do. */
  begin(client: Client, context: SurveyContext): Promise<Beginning>;
  /** The first readings. */
  readings(basis: Basis): readonly Reading[];
  /** Sends one request. `doing` completes "could not …". */
  send(client: Client, part: string, doing: string, request: HttpRequest): Promise<HttpResponse>;
  /** Whether an error means a missing right. @default status 403 */
  isForbidden?(error: unknown): boolean;
  /** Rights that not every survey proves, above all those to change something, and why they cannot be determined then. */
  readonly unproven: readonly UnprovenRight[];
  /** Why version, edition, account or expiry of the login are unknown, where they are. */
  readonly unknownFacts: Readonly<Record<keyof Facts, string>>;
  readonly vocabulary: Vocabulary;
}

/**
 * The members whose texts are the vendor's own words (names of settings, states, types), which a recording may keep, by path
 * without list indices: `rules.criticalities`. The whole text must match.
 */
export type Vocabulary = Readonly<Record<string, RegExp>>;

export interface SurveyedAddress {
  /** The address for display. */
  readonly url: string;
  /** The addresses for posting a login: besides reading requests, nothing else may be sent. */
  readonly logins: readonly string[];
  /** The facts that the settings alone determine. */
  readonly facts?: Partial<Facts>;
}

export interface SurveyContext {
  /** The places to look in, see the system's {@link Places}. */
  readonly places: readonly string[];
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The parsed answer to the latest login; undefined when none was needed. */
  readonly granted: () => unknown;
}

/** Names and ids that must be known before anything can be read, because they become part of addresses. */
export type Basis = Readonly<Record<string, readonly string[]>>;

export interface Beginning {
  readonly basis: Basis;
  readonly facts?: Partial<Facts>;
  readonly rights?: readonly SurveyedRight[];
  /** Kinds of objects that cannot be read, and why. @default none */
  readonly uncounted?: Readonly<Record<string, string>>;
}

export interface Facts {
  readonly version: string;
  readonly edition: string;
  /** The account of the login. */
  readonly account: string;
  /** The expiry of the login. */
  readonly until: LoginEnd;
}

export interface LoginEnd {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** True for a session: each run starts one of its own. */
  readonly renewed: boolean;
}

export interface UnprovenRight {
  /** The vendor's name for the right. */
  readonly right: string;
  /** The resource types that require it. */
  readonly for: readonly string[];
  /** Why it cannot be determined whether the login has it. */
  readonly unknown: string;
}

export interface SurveyedRight extends Pick<UnprovenRight, "right" | "for"> {
  readonly state: "granted" | "missing";
}

/** The result of a reading. */
export interface ReadingResult {
  readonly facts?: Partial<Facts>;
  readonly rights?: readonly SurveyedRight[];
  readonly problems?: readonly Problem[];
}

/** One thing to read. Made by {@link reading}. */
export interface Reading<T = unknown> {
  /** The subject, in the plural where there are many: "notification rules". Completes "could not read the …". */
  readonly subject: string;
  /** The part of the API, where it has several. @default "" */
  readonly part?: string;
  /** The route with `{…}` for each of {@link ids}: `/api/alertplugins/types/{type}`. */
  readonly route: string;
  readonly ids?: readonly string[];
  /** The query; it may contain only our own values, or ids. */
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly contract: z.ZodMiniType<T>;
  /** The right that a success proves, and the resource types that need it. */
  readonly proves?: ProvedRight;
  /** Why a healthy server may not have it: its absence is then reported, and is no fault. @default every server has it */
  readonly mayLack?: string;
  /** The number of objects of each kind in one answer. */
  readonly counts?: Readonly<Record<string, (data: T) => number>>;
  readonly interpret?: (data: T, response: HttpResponse, context: Pick<SurveyContext, "now">) => ReadingResult;
  /** The query of the next page; undefined after the last. */
  readonly nextPage?: (data: T, page: number) => Reading["query"] | undefined;
  /** Further readings that depend on this answer. */
  readonly then?: (data: T) => Following;
}

export interface ProvedRight {
  readonly right: string;
  readonly for: readonly string[];
  /** True when deployments work without it unless they have one of these resources. @default false */
  readonly seldom?: boolean;
}

export interface Following {
  readonly readings: readonly Reading[];
  /** How many readings were skipped because there are so many: the counts then become "at least". @default 0 */
  readonly leftOut?: number;
}

/** Erases the type of the answer, here and nowhere else: only the reading's own functions get the answer. */
export const reading = <T>(one: Reading<T>): Reading => one as unknown as Reading;

/** The greatest number of readings: people wait for the survey. */
const MOST_FOLLOWED = 50;

/** Creates a reading for each of the first items. */
export function eachOf<T>(items: readonly T[], follow: (item: T) => readonly Reading[]): Following {
  return {
    readings: items.slice(0, MOST_FOLLOWED).flatMap(follow),
    leftOut: Math.max(0, items.length - MOST_FOLLOWED),
  };
}
