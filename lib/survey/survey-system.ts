import { ProblemError, type Problem } from "../core/problem";
import { isTimeout, withTimeout } from "../core/signals";
import type { ServerCertificate } from "../core/certificate-expiry";
import { HttpError } from "../http/error";
import { requestFailed } from "../http/errors";
import { trusting } from "../systems/kit/connect";
import { resolveSettings } from "../systems/kit/settings-resolution";
import type { Beginning, Survey, SurveyedAddress } from "../systems/kit/survey";
import type { Runtime, System } from "../systems/kit/system";
import type { Value } from "../terraform-plugin/values";
import { notKnownYet } from "../systems/kit/problems/settings";
import { tooSlow, notTheSystem } from "./errors";
import { ReadOnlyGuard } from "./guard";
import { failureOf } from "../systems/kit/login";
import { problemOf, readAll, type ReadOutcome } from "./read-all";
import type { SystemReport } from "./report";
import { judge, type SeenSystem } from "./judge";
import type { Recording } from "./recording";

/** What to survey, and for how long. */
export interface SurveyRequest {
  /** The system's block of a provider configuration. @default null: everything from the environment */
  readonly settings: Value;
  readonly places: readonly string[];
  /** The limit for the whole system, milliseconds. */
  readonly timeoutMs: number;
  /** The declared resource types; undefined when they are not known. */
  readonly declared: ReadonlySet<string> | undefined;
  readonly recording?: Recording;
}

export interface SurveyRuntime {
  readonly runtime: Runtime;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** One retry: the user is waiting, and a second failure is no coincidence. */
const RETRIES = 1;

/** Surveys one system. Sends nothing but readings and the login. */
export async function surveySystem(
  system: System,
  request: SurveyRequest,
  world: SurveyRuntime,
): Promise<SystemReport> {
  const { runtime } = world;
  if (system.survey === undefined) return unasked(system, "no API", system.lacks.survey!);
  const resolution = resolveSettings(system, request.settings, runtime);
  if (resolution.status === "unknown") {
    return unasked(system, "unknown", notKnownYet(system, resolution.fields, `ask ${system.title}`).summary);
  }
  if (resolution.status === "faulty") return faulty(system, resolution.problems);
  const survey = await system.survey();
  // The settings have the type that the system declares; the list of all systems does not carry it: hence the cast.
  const settings = resolution.settings as never;
  let address: SurveyedAddress;
  let trusted: Pick<Runtime, "ca">;
  try {
    address = survey.address(settings, runtime);
    trusted = trusting(system, resolution.settings, runtime);
  } catch (error) {
    if (error instanceof ProblemError) return faulty(system, error.problems);
    throw error;
  }
  const guard = new ReadOnlyGuard(address.logins);
  let certificate: ServerCertificate | undefined;
  const limits = { maxRetries: RETRIES, ...resolution.limits };
  const watched: Runtime = {
    ...runtime,
    ...trusted,
    limits,
    interceptor: guard,
    onCertificate: (shown) => void (certificate ??= shown),
  };
  const signal = withTimeout(world.signal, request.timeoutMs);
  const outcomes: ReadOutcome[] = [];
  let beginning: Beginning = { basis: {} };
  const problems: Problem[] = [];
  try {
    const client = await system.connect(settings, watched);
    const now = runtime.clock.now();
    const context = { places: request.places, signal, now, granted: () => guard.login?.response.data };
    beginning = await begin(survey, client, context);
    request.recording?.begin(beginning.basis);
    await readAll(survey.readings(beginning.basis), {
      send: (one, doing, sent) => survey.send(client, one.part ?? "", doing, sent),
      isForbidden: (error) => isForbidden(survey, error),
      signal,
      now,
      progress: (subject) => world.progress(`${system.title}: ${subject}`),
      done: (outcome) => void outcomes.push(outcome),
    });
  } catch (error) {
    world.signal.throwIfAborted();
    if (signal.aborted && isTimeout(signal.reason)) problems.push(tooSlow(survey.words, request.timeoutMs / 1000));
    else problems.push(inFront(survey, error, guard) ?? failed(system, error));
  }
  for (const outcome of outcomes) request.recording?.add(outcome);
  const seen: SeenSystem = { system, survey, address, guard, certificate, beginning, outcomes, problems };
  return judge(seen, request.declared, runtime.clock.now());
}

/** Starts the survey. An account that lacks a right is no failed login: the readings show what is missing. */
async function begin(survey: Survey, client: unknown, context: Parameters<Survey["begin"]>[1]): Promise<Beginning> {
  try {
    return await survey.begin(client, context);
  } catch (error) {
    if (!isForbidden(survey, error)) throw error;
    return { basis: {} };
  }
}

const isForbidden = (survey: Survey, error: unknown): boolean =>
  survey.isForbidden?.(error) ?? failureOf(error)?.status === 403;

/**
 * The problem of something that stands in front of the system or in its place, which the system's own words cannot
 * describe.
 */
function inFront({ words }: Survey, error: unknown, { last }: ReadOnlyGuard): Problem | undefined {
  const failure = failureOf(error);
  // There was no answer this time: the network is to blame, not an earlier answer.
  if (last === undefined || (failure !== undefined && failure.failure !== "status")) return undefined;
  return notTheSystem(words, last);
}

const failed = ({ title }: System, error: unknown): Problem =>
  error instanceof HttpError ? requestFailed(title, error) : problemOf(error);

/** The report of a system that was not contacted. */
function unasked({ name, title }: System, state: SystemReport["state"], reason: string): SystemReport {
  const unknown = { unknown: reason };
  const nothing = { rights: [], objects: [], answers: [], findings: [] };
  return {
    ...{ system: name, title, state, reason },
    ...{ version: unknown, edition: unknown, account: unknown, until: unknown, renewed: false },
    ...nothing,
  };
}

const faulty = (system: System, findings: readonly Problem[]): SystemReport => ({
  ...unasked(system, "wrong", "its settings cannot be used"),
  findings,
});

export const notConfigured = (system: System): SystemReport =>
  unasked(
    system,
    "not configured",
    `nobody said where it is: ${Object.values(system.settings.environment).slice(0, 3).join(", ")}`,
  );
