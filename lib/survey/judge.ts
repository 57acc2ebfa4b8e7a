import { daysLeft, expiryOf, type ServerCertificate } from "../core/certificate-expiry";
import { printableLine } from "../core/printable";
import type { Problem } from "../core/problem";
import type { Beginning, Facts, Survey, SurveyedAddress } from "../systems/kit/survey";
import type { System } from "../systems/kit/system";
import {
  certificateEnds,
  deviates,
  loginEnds,
  notRead,
  pageInFront,
  rightMissing,
  routeMissing,
  notTheSystem,
} from "./errors";
import { answersOf, type Judged } from "./answers";
import { countsOf } from "./counts";
import type { ReadOnlyGuard } from "./guard";
import { evidenceOf, type ReadOutcome } from "./read-all";
import type { Right, Stated, SystemReport } from "./report";
import { rightsOf } from "./rights";

/** Everything that was seen of a system. */
export interface SeenSystem {
  readonly system: Pick<System, "name" | "title">;
  readonly survey: Survey;
  readonly address: SurveyedAddress;
  readonly guard: Pick<ReadOnlyGuard, "first" | "last">;
  readonly certificate: ServerCertificate | undefined;
  readonly beginning: Beginning;
  readonly outcomes: readonly ReadOutcome[];
  /** What ended the survey before its end. */
  readonly problems: readonly Problem[];
}

const DAYS_OF_NOTICE = 30;

/**
 * Judges a survey. Only what was proved is in order: everything else is wrong, or unknown with its reason.
 *
 * @param declared the declared resource types; undefined when they are not known
 */
export function judge(seen: SeenSystem, declared: ReadonlySet<string> | undefined, now: number): SystemReport {
  const { system, survey, address, guard, certificate, beginning, outcomes } = seen;
  const { words } = survey;
  const instead = insteadOf(seen);
  const problems = instead === undefined ? seen.problems : [...seen.problems, instead];
  const ended = problems.length === 0 ? undefined : "the system could not be asked, see the finding";
  const facts: Partial<Facts> = Object.assign(
    {},
    ...[address.facts ?? {}, beginning.facts ?? {}, ...outcomes.map(({ told }) => told.facts ?? {})],
  );
  const read = new Set(outcomes.map(({ reading }) => reading.route));
  const unread = ended === undefined ? [] : survey.readings(beginning.basis).filter(({ route }) => !read.has(route));
  const rights = rightsOf(survey, beginning, outcomes, unread, ended);
  const answers = answersOf(outcomes);
  const stated = (fact: "version" | "edition" | "account"): Stated => {
    const value = facts[fact];
    return value === undefined ? { unknown: ended ?? survey.unknownFacts[fact] } : { value: printableLine(value) };
  };
  const findings = [
    ...problems,
    ...(instead === undefined ? answers.flatMap((answer) => findingsOf(answer, survey, address)) : []),
    ...(instead === undefined ? failures(answers, words) : []),
    ...rights.flatMap((right) => missing(right, words, outcomes, declared)),
    ...outcomes.flatMap(({ told }) => told.problems ?? []),
    ...(certificate === undefined ? [] : ending(certificate, words, now)),
    ...(facts.until === undefined || facts.until.renewed ? [] : endingLogin(facts.until.at, words, now)),
  ];
  return {
    system: system.name,
    title: system.title,
    state: findings.some(({ severity }) => severity === "error") ? "wrong" : "nothing wrong",
    address: address.url,
    ...(guard.first && { answeredInMs: guard.first.milliseconds }),
    ...(certificate && {
      certificate: {
        host: certificate.host,
        issuer: certificate.issuer,
        until: iso(certificate.to),
        authorities: (certificate.authorities ?? []).map(({ name, to }) => ({
          name: printableLine(name),
          until: iso(to),
        })),
      },
    }),
    version: stated("version"),
    edition: stated("edition"),
    account: stated("account"),
    until: facts.until === undefined ? { unknown: ended ?? survey.unknownFacts.until } : { value: iso(facts.until.at) },
    renewed: facts.until?.renewed ?? false,
    rights,
    objects: countsOf(outcomes, unread, ended, beginning.uncounted),
    answers: answers.map(({ problem: _, outcome: __, ...answer }) => answer),
    findings,
  };
}

/** A refusal is reported with the missing right. */
function findingsOf(
  { subject, request, verdict, deviations, problem, outcome }: Judged,
  { words }: Survey,
  { url }: SurveyedAddress,
): Problem[] {
  const { reading, response, state } = outcome;
  if (verdict === "deviates") return [deviates(words, subject, `${request} -> ${response!.status}`, deviations)];
  if (verdict === "refused" && reading.proves === undefined) return problem === undefined ? [] : [problem];
  if (verdict !== "failed" || response === undefined) return [];
  if (state === "page") {
    return [pageInFront(words, { method: "GET", url: url + outcome.request.path, milliseconds: 0, response })];
  }
  return state === "absent" ? [routeMissing(words, subject, reading.route, evidenceOf(outcome))] : [];
}

/** Readings that failed in the same way are reported once. */
function failures(answers: readonly Judged[], words: Survey["words"]): Problem[] {
  const alike = new Map<string, { readonly problem: Problem; readonly subjects: string[] }>();
  for (const { subject, problem, outcome } of answers) {
    if (outcome.state !== "failed" || problem === undefined) continue;
    const known = alike.get(problem.code);
    if (known === undefined) alike.set(problem.code, { problem, subjects: [subject] });
    else known.subjects.push(subject);
  }
  return [...alike.values()].map(({ problem, subjects }) => notRead(words, subjects, problem));
}

/**
 * The problem when something else answers in the system's place: nothing could be read, and every answer says the same.
 */
function insteadOf({ survey: { words }, outcomes, guard }: SeenSystem): Problem | undefined {
  const nothing = outcomes.length > 0 && outcomes.every(({ state }) => state === "absent" || state === "page");
  return nothing && guard.last !== undefined ? notTheSystem(words, guard.last) : undefined;
}

/**
 * The resource types that a missing right affects: the declared ones or, when these are not known, those of most
 * deployments.
 */
function missing(
  { right, for: types, state }: Right,
  words: Survey["words"],
  outcomes: readonly ReadOutcome[],
  declared: ReadonlySet<string> | undefined,
): Problem[] {
  if (state !== "missing") return [];
  const needed = declared === undefined ? types : types.filter((type) => declared.has(type));
  const proofs = outcomes.flatMap(({ reading }) => (reading.proves?.right === right ? [reading.proves] : []));
  const seldom = declared === undefined ? proofs.some(({ seldom }) => seldom === true) : needed.length === 0;
  return [rightMissing(words, right, needed.length === 0 ? types : needed, seldom)];
}

function ending(certificate: ServerCertificate, words: Survey["words"], now: number): Problem[] {
  return expiryOf(certificate, now) === undefined
    ? []
    : [certificateEnds(words, certificate.host, daysLeft(certificate.to, now))];
}

function endingLogin(until: number, words: Survey["words"], now: number): Problem[] {
  const days = daysLeft(until, now);
  return days < DAYS_OF_NOTICE ? [loginEnds(words, iso(until), days)] : [];
}

const iso = (time: number) => new Date(time).toISOString();
