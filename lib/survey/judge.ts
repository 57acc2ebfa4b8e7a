import { daysLeft, expiryOf, type ServerCertificate } from "../core/certificate-expiry";
import { printableLine } from "../core/printable";
import type { Problem } from "../core/problem";
import type { Beginning, Facts, Survey, SurveyedAddress } from "../systems/kit/survey";
import type { System } from "../systems/kit/system";
import { certificateEnds, deviates, loginEnds, notRead, pageInFront, rightMissing, routeMissing } from "./errors";
import { answersOf, type Judged } from "./answers";
import { countsOf } from "./counts";
import type { ReadOnlyGuard } from "./guard";
import { evidenceOf, type Outcome } from "./read-all";
import type { Right, Stated, SystemReport } from "./report";
import { rightsOf } from "./rights";

/** All that was seen of a system. */
export interface Seen {
  readonly system: Pick<System, "name" | "title">;
  readonly survey: Survey;
  readonly address: SurveyedAddress;
  readonly guard: Pick<ReadOnlyGuard, "first">;
  readonly certificate: ServerCertificate | undefined;
  readonly beginning: Beginning;
  readonly outcomes: readonly Outcome[];
  /** What ended it before it was through. */
  readonly problems: readonly Problem[];
}

const DAYS_OF_NOTICE = 30;

/**
 * What it means. Only what was proved is fine: everything else is wrong, or unknown with its reason.
 *
 * @param declared the resource types that are declared; undefined when nobody knows
 */
export function judge(seen: Seen, declared: ReadonlySet<string> | undefined, now: number): SystemReport {
  const { system, survey, address, guard, certificate, beginning, outcomes, problems } = seen;
  const { words } = survey;
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
    return value === undefined ? { unknown: ended ?? survey.untold[fact] } : { value: printableLine(value) };
  };
  const findings = [
    ...problems,
    ...answers.flatMap((answer) => findingsOf(answer, survey, address)),
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
      certificate: { host: certificate.host, issuer: certificate.issuer, until: iso(certificate.to) },
    }),
    version: stated("version"),
    edition: stated("edition"),
    account: stated("account"),
    until: facts.until === undefined ? { unknown: ended ?? survey.untold.until } : { value: iso(facts.until.at) },
    renewed: facts.until?.renewed ?? false,
    rights,
    objects: countsOf(outcomes, unread, ended),
    answers: answers.map(({ problem: _, outcome: __, ...answer }) => answer),
    findings,
  };
}

/** A refusal is told with the right that is missing. */
function findingsOf(
  { subject, request, verdict, deviations, problem, outcome }: Judged,
  { words }: Survey,
  { url }: SurveyedAddress,
): Problem[] {
  const { reading, response, state } = outcome;
  if (verdict === "deviates") return [deviates(words, subject, `${request} -> ${response!.status}`, deviations)];
  if (verdict === "refused" && reading.proves === undefined) return problem === undefined ? [] : [problem];
  if (verdict !== "failed") return [];
  if (state === "page") {
    return [
      pageInFront(words, { method: "GET", url: url + outcome.request.path, milliseconds: 0, response: response! }),
    ];
  }
  return state === "absent"
    ? [routeMissing(words, subject, reading.route, evidenceOf(outcome))]
    : [notRead(words, subject, problem!)];
}

/** What the code declares decides; where nobody knows it, what most deployments need. */
function missing(
  { right, for: types, state }: Right,
  words: Survey["words"],
  outcomes: readonly Outcome[],
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
