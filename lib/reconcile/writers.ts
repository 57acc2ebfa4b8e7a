import { jsonText } from "../core/json-document";
import { printableLine } from "../core/printable";
import { mapStyled, styled, styledLines, toned, type Styled, type Tone } from "../core/styled";
import { cell, code } from "../findings/markdown";
import { xml } from "../findings/junit";
import { endingSentence, type Ending } from "../proof/ending";
import { receiversSentence, type ChainProof, type Proof } from "../proof/proof";
import { BUCKETS, coverageSentence, type Bucket, type Detection, type Entry } from "./detection";

/** Writes a detection as JSON. It holds no secrets: a detection is redacted as a whole. */

export function detectionToJson(detection: Detection): string {
  return jsonText(detection);
}

/** The verdict in words. */
export const HEAD: Readonly<Record<Detection["verdict"], string>> = {
  "in-sync": "in sync",
  drift: "drift",
  broken: "as declared, but mail does not get through",
  ending: "all is well, but something ends soon",
  unknown: "could not tell",
};

export const HEAD_TONE: Readonly<Record<Detection["verdict"], Tone>> = {
  "in-sync": "good",
  drift: "bad",
  broken: "bad",
  ending: "warning",
  unknown: "warning",
};

const TONE: Readonly<Record<Bucket, Tone>> = {
  drifted: "warning",
  missing: "bad",
  broken: "bad",
  unmanaged: "warning",
  unknown: "warning",
  "in-sync": "good",
};

const MARK: Readonly<Record<Bucket, string>> = {
  drifted: "drifted",
  missing: "missing",
  broken: "broken",
  unmanaged: "unmanaged",
  unknown: "unknown",
  "in-sync": "in sync",
};

/** A table for terminals and logs; what is in sync is only counted, unless it has a warning. */
export function detectionToConsole(detection: Detection): Styled {
  const shown = notable(detection);
  const [bucketWidth, kindWidth] = [9, Math.max(0, ...shown.map(({ kind }) => kind.length))];
  const lines = shown.flatMap((entry): Styled[] => [
    styled`  ${toned(TONE[entry.bucket], MARK[entry.bucket].padEnd(bucketWidth))}  ${entry.kind.padEnd(kindWidth)}  ${subject(entry)}`,
    ...details(entry).map((line) => `  ${" ".repeat(bucketWidth + kindWidth + 4)}${line}`),
  ]);
  const { stack, verdict, summary } = detection;
  return styledLines(
    [
      styled`${stack}: ${toned(HEAD_TONE[verdict], HEAD[verdict])} (${summary})`,
      ...(lines.length === 0 ? [] : ["", ...lines]),
      ...tail(detection).flatMap((line) => ["", line]),
    ].map((line) => mapStyled(line, printableLine)),
  );
}

const ICON: Readonly<Record<Bucket, string>> = {
  drifted: "⚠️",
  missing: "❌",
  broken: "⛔",
  unmanaged: "👤",
  unknown: "❔",
  "in-sync": "✅",
};

export function detectionToMarkdown(detection: Detection): string {
  const shown = notable(detection);
  const rows = shown.map(
    (entry) =>
      `| ${ICON[entry.bucket]} ${MARK[entry.bucket]} | ${cell(entry.kind)} | ${entry.address === undefined ? cell(subject(entry)) : code(entry.address)} | ${cell(details(entry).join("; "))} |`,
  );
  return [
    `### ${cell(detection.stack)}: ${HEAD[detection.verdict]}`,
    "",
    cell(detection.summary),
    ...(rows.length === 0 ? [] : ["", "| | Kind | Which | What |", "|---|---|---|---|", ...rows]),
    ...tail(detection).flatMap((line) => ["", cell(line)]),
    "",
  ].join("\n");
}

/**
 * One case for each object: in sync passes, a difference fails, unknown is an error, and unknown by nature is skipped.
 */
export const detectionToJUnit = (detection: Detection): string => junitDocument([detection]);

/** Writes a suite for each stack. */
export function junitDocument(detections: readonly Detection[]): string {
  const all = detections.flatMap(({ entries }) => entries);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="outbound reconcile" ${junitCounts(all)}>`,
    ...detections.flatMap(junitSuite),
    "</testsuites>",
    "",
  ].join("\n");
}

function junitCounts(entries: readonly Entry[]): string {
  const failing = entries.filter(({ bucket }) => !["in-sync", "unknown"].includes(bucket)).length;
  const unknown = entries.filter(({ bucket }) => bucket === "unknown");
  const skipped = unknown.filter(({ expected }) => expected === true).length;
  return `tests="${entries.length}" failures="${failing}" errors="${unknown.length - skipped}" skipped="${skipped}"`;
}

function junitSuite({ entries, stack }: Detection): string[] {
  return [
    `  <testsuite name="${xml(stack)}" ${junitCounts(entries)}>`,
    ...entries.map((entry) => {
      const open = `    <testcase classname="${xml(entry.type || "stack")}" name="${xml(subject(entry))}"`;
      if (entry.bucket === "in-sync") return `${open}/>`;
      const text = details(entry).map(xml).join("\n");
      const message = `message="${xml(MARK[entry.bucket])}"`;
      if (entry.bucket !== "unknown") return `${open}><failure ${message}>${text}</failure></testcase>`;
      if (entry.expected) return `${open}><skipped message="${text}"/></testcase>`;
      return `${open}><error ${message}>${text}</error></testcase>`;
    }),
    "  </testsuite>",
  ];
}

/** The entries that are reported, by bucket. */
export function notable({ entries }: Detection): Entry[] {
  return BUCKETS.flatMap((bucket) =>
    entries.filter((entry) => entry.bucket === bucket && (bucket !== "in-sync" || entry.warning !== undefined)),
  );
}

function subject({ address, name, id, provider }: Entry): string {
  if (address !== undefined) return address;
  const parts = [name, id === undefined ? undefined : `(${id})`, provider === undefined ? undefined : `at ${provider}`];
  return parts.filter((part) => part !== undefined).join(" ");
}

function details({ warning, ...entry }: Entry): string[] {
  return [...facts(entry), ...(warning === undefined ? [] : [`Warning: ${warning}`])];
}

function facts({ reason, differences = [], bucket, cause }: Entry): string[] {
  const differing = differences.map(({ attribute, was, is }) => `${attribute} is ${is}, was ${was}`);
  if (bucket === "unmanaged" && cause === "outside") return ["exists, but no code declares it"];
  return reason === undefined ? differing : [reason, ...differing];
}

function tail(detection: Detection): string[] {
  const { followUps, proof, horizon, detectedAt } = detection;
  return [
    coverageSentence(detection),
    ...(proof === undefined ? [] : proofLines(proof)),
    ...(horizon?.endings ?? []).map((ending) => endingLine(ending, Date.parse(detectedAt))),
    followUps.length === 0 ? "" : `Runs again with a repair: ${followUps.join(", ")}.`,
  ].filter((line) => line !== "");
}

/** A proof without chains must not look like a complete one. */
const proofLines = ({ chains }: Proof): string[] =>
  chains.length === 0
    ? ["No way of the mail is declared here (no test, no mail server), so none was walked."]
    : chains.map(proofSentence);

/** "outbound_test_email.test: mail gets through (probe, smtp.example.com:587): accepted for …". */
function proofSentence({ address, state, how, server, receivers, arrivedAfterMs, leftOut }: ChainProof): string {
  const through = { through: "mail gets through", broken: "mail does not get through", unknown: "not known" }[state];
  const where = [how, server].filter((part) => part !== undefined).join(", ");
  const who = state === "through" ? receiversSentence(receivers) : undefined;
  const after = arrivedAfterMs === undefined ? "" : ` after ${Math.round(arrivedAfterMs / 100) / 10} s`;
  const parts = [`${address}: ${through} (${where})${who === undefined ? "" : `: ${who}${after}`}`, ...leftOut];
  return `${parts.join("; ")}.`;
}

/** What expires, in one line; a pressing one with what to do about it. */
export function endingLine(ending: Ending, now: number): string {
  const sentence = endingSentence(ending, now);
  return ["later", "untold"].includes(ending.state) ? `${sentence}.` : `! ${sentence}. ${ending.fix}`;
}
