import { compare } from "../core/finding";
import { ProblemError, type Problem } from "../core/problem";
import { HttpError } from "../http/error";
import { requestFailed } from "../http/errors";
import type { HttpRequest, HttpResponse } from "../http/types";
import { path as encoded } from "../http/url";
import { failureOf } from "../systems/kit/login";
import type { Reading, ReadingResult } from "../systems/kit/survey";
import { isPage, vendorText } from "../systems/kit/vendor-text";
import { conformityOf, type Conformity } from "./conformity";

/** The outcome of one request of a survey. */
export interface ReadOutcome {
  readonly reading: Reading;
  readonly request: SurveyRequest;
  readonly response?: HttpResponse;
  /** How an answer that is data compares with the contract. */
  readonly conformity?: Conformity;
  /** `absent`: the server does not have it, which may be in order. */
  readonly state: "read" | "absent" | "forbidden" | "failed" | "page";
  readonly problem?: Problem;
  /** Objects of each kind; undefined where the answer cannot be counted. */
  readonly counts: Readonly<Record<string, number | undefined>>;
  readonly told: ReadingResult;
  readonly leftOut: number;
}

export interface SurveyRequest {
  readonly path: string;
  readonly query: Reading["query"];
}

export interface SurveyReader {
  /** Sends a request to the system, or to a replay of it. */
  send(reading: Reading, doing: string, request: HttpRequest): Promise<HttpResponse>;
  isForbidden(error: unknown): boolean;
  readonly signal: AbortSignal;
  readonly now: number;
  /** Called with the subject of the next reading. */
  readonly progress: (subject: string) => void;
  /** Called with every outcome at once, so that a time-out does not lose earlier ones. */
  readonly done: (outcome: ReadOutcome) => void;
}

const MOST_PAGES = 100;

/** Statuses by which servers say that they do not have an address, or not for this method. */
const ABSENT: ReadonlySet<number> = new Set([404, 405, 501]);

/** Statuses for what not every login or release has. */
const MAY_BE_ABSENT: ReadonlySet<number> = new Set([...ABSENT, 400, 401, 403]);

/** Makes all readings, and those that follow from them. Continues whatever an answer is. */
export async function readAll(readings: readonly Reading[], reader: SurveyReader): Promise<void> {
  const read = async (one: Reading): Promise<void> => {
    reader.progress(one.subject);
    const following = await pagesOf(one, reader);
    await Promise.all(following.map(read));
  };
  await Promise.all(readings.map(read));
}

interface Page {
  readonly outcome: ReadOutcome;
  readonly follow: readonly Reading[];
}

/**
 * Reads all pages of one reading.
 *
 * @returns the readings that follow from them
 */
async function pagesOf(reading: Reading, reader: SurveyReader): Promise<readonly Reading[]> {
  const following: Reading[] = [];
  let query = reading.query;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { outcome, follow } = await readOne(reading, query, reader);
    reader.done(outcome);
    following.push(...follow);
    if (outcome.state !== "read") break;
    const next = attempt(() => reading.nextPage?.(outcome.response!.data, page));
    if (next === undefined) break;
    query = next;
  }
  return following;
}

async function readOne(reading: Reading, query: Reading["query"], reader: SurveyReader): Promise<Page> {
  const request = { path: pathOf(reading), query };
  const none = { reading, request, counts: {}, told: {}, leftOut: 0 };
  try {
    const response = await reader.send(reading, `read the ${reading.subject}`, {
      method: "GET",
      path: request.path,
      ...(query && { query }),
      signal: reader.signal,
    });
    if (isPage(response)) return { outcome: { ...none, response, state: "page" }, follow: [] };
    const { data } = response;
    const following = attempt(() => reading.then?.(data));
    const outcome: ReadOutcome = {
      ...none,
      response,
      state: "read",
      conformity: conformityOf(reading.contract, data),
      counts: Object.fromEntries(
        Object.entries(reading.counts ?? {}).map(([kind, count]) => [kind, counted(() => count(data))]),
      ),
      told: attempt(() => reading.interpret?.(data, response, reader)) ?? {},
      leftOut: following?.leftOut ?? 0,
    };
    return { outcome, follow: following?.readings ?? [] };
  } catch (error) {
    reader.signal.throwIfAborted();
    const failed = failureOf(error);
    const response = failed?.response;
    const more = response === undefined ? {} : { response };
    const problem = problemOf(error);
    const absent = reading.mayLack === undefined ? ABSENT : MAY_BE_ABSENT;
    const state = absent.has(failed?.status ?? 0) ? "absent" : reader.isForbidden(error) ? "forbidden" : "failed";
    return { outcome: { ...none, ...more, state, problem }, follow: [] };
  }
}

/** `/types/{type}` with its ids filled in. */
export function pathOf({ route, ids = [] }: Pick<Reading, "route" | "ids">): string {
  let next = 0;
  return route.replace(/\{[^{}]*\}/g, () => encoded`${ids[next++] ?? ""}`);
}

/** An answer in an unexpected form makes its result unknown, and does not fail the survey. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function counted(count: () => number): number | undefined {
  const found = attempt(count);
  return Number.isSafeInteger(found) ? found : undefined;
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problems[0]!;
  if (error instanceof HttpError) return requestFailed("The system", error);
  throw error;
}

export const evidenceOf = ({ response }: Pick<ReadOutcome, "response">): string =>
  response === undefined ? "" : vendorText(response);

/** Readings are concurrent; their outcomes are shown and kept in a fixed order. */
export const inOrder = (outcomes: readonly ReadOutcome[]): ReadOutcome[] =>
  [...outcomes].sort((a, b) => compare(a.reading.route, b.reading.route) || compare(a.request.path, b.request.path));
