import { printableLine } from "../core/printable";
import { problemDetail, problemSummary } from "../core/problem";
import { styled, toned, type Styled, type Tone } from "../core/styled";
import type { SurveyAnswer, Count, Right, Stated, SystemReport } from "./report";

const STATES: Readonly<Record<SystemReport["state"], Tone>> = {
  "nothing wrong": "good",
  wrong: "bad",
  unknown: "warning",
  "not configured": "faint",
  "no API": "faint",
};

const WIDEST_LABEL = 13;

/**
 * Writes reports for people, line by line.
 *
 * @param redact masks secrets
 */
export function systemsToText(reports: readonly SystemReport[], redact: (text: string) => string): Styled[] {
  return reports.flatMap((report, index) => [...(index === 0 ? [] : [""]), ...systemLines(report, redact)]);
}

function systemLines(report: SystemReport, redact: (text: string) => string): Styled[] {
  const { title, provider, state, reason, address, findings } = report;
  const text = (some: string) => printableLine(redact(some));
  const name = provider === undefined ? title : `${title} (${provider})`;
  const head = styled`${toned("strong", name)}: ${toned(STATES[state], state)}${unknowns(report)}${reason === undefined ? "" : `, ${text(reason)}`}`;
  const facts = address === undefined ? [] : factLines(report).map((line) => line.map(text));
  return [
    head,
    ...facts.map(([label = "", value = ""]) => `  ${label.padEnd(WIDEST_LABEL)}${value}`),
    ...(address === undefined ? [] : details(report, text)),
    ...findings.flatMap((problem) => [
      "",
      styled`  ${toned(problem.severity === "error" ? "bad" : "warning", problem.severity === "error" ? "WRONG" : "warning")}  ${problemSummary(problem, redact)}`,
      problemDetail(problem, redact).replace(/^(?=.)/gm, "         "),
    ]),
  ];
}

/** What is unknown of a system: nothing wrong does not mean that everything is well. */
function unknowns({ state, address, rights, objects, answers }: SystemReport): string {
  if (address === undefined || state === "unknown") return "";
  const count =
    rights.filter((right) => right.state === "unknown").length +
    objects.filter((one) => one.unknown !== undefined).length +
    answers.filter(({ verdict }) => verdict === "failed" || verdict === "refused").length;
  return count === 0 ? "" : `, ${count} unknown`;
}

function factLines(report: SystemReport): string[][] {
  const { address = "", answeredInMs, certificate, version, edition, account, until, renewed } = report;
  return [
    ["address", address],
    ["answered", answeredInMs === undefined ? "no" : `in ${answeredInMs} ms`],
    [
      "certificate",
      certificate === undefined
        ? address.startsWith("https:")
          ? "unknown: no answer came over TLS"
          : "none: the address is not https"
        : `of ${certificate.issuer ?? "an authority that it does not name"}, until ${certificate.until}`,
    ],
    ["version", stated(version)],
    ["edition", stated(edition)],
    ["account", stated(account)],
    ["login until", stated(until) + (renewed ? ", made anew by each run" : "")],
  ];
}

const stated = (fact: Stated) => ("value" in fact ? fact.value : `unknown: ${fact.unknown}`);

function details({ rights, objects, answers }: SystemReport, text: (some: string) => string): Styled[] {
  return [
    ...section(
      "rights",
      rights.map((right) => rightLine(right, text)),
    ),
    ...section(
      "objects",
      objects.map((count) => text(countLine(count))),
    ),
    ...section(
      "answers",
      answers.flatMap((answer) => answerLines(answer, text)),
    ),
  ];
}

const section = (title: string, lines: readonly Styled[]): Styled[] =>
  lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => styled`    ${line}`)];

function rightLine({ right, for: types, state, reason }: Right, text: (some: string) => string): Styled {
  const tone = ({ granted: "good", missing: "bad", unknown: "warning" } as const)[state];
  const why = reason === undefined ? "" : ` (${reason})`;
  return styled`${toned(tone, state.padEnd(8))} ${text(`${right}${why}, for ${types.join(", ")}`)}`;
}

function countLine({ kind, count, atLeast, unknown }: Count): string {
  if (count === undefined) return `${kind}: unknown, ${unknown ?? "nobody could ask"}`;
  return `${kind}: ${atLeast ? "at least " : ""}${count}`;
}

function answerLines(
  { subject, request, status, verdict, reason, deviations, unknownMembers, times }: SurveyAnswer,
  text: (some: string) => string,
): Styled[] {
  const tones = { expected: "good", deviates: "bad", absent: "faint", refused: "warning", failed: "bad" } as const;
  const often = times > 1 ? ` (${times} answers)` : "";
  const why = reason === undefined ? "" : `: ${reason}`;
  return [
    styled`${toned(tones[verdict], verdict.padEnd(8))} ${text(`${subject}${often}, ${request} -> ${status ?? "no answer"}${why}`)}`,
    ...deviations.map(({ place, expected, got, times: places }) =>
      text(`  ${place}: expected ${expected}, got ${got}${places > 1 ? ` (${places} times)` : ""}`),
    ),
    ...(unknownMembers.length === 0 ? [] : [text(`  unknown, tolerated: ${unknownMembers.join(", ")}`)]),
  ];
}
