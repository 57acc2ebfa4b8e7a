import { plain, styled, styledLines, toned, type Styled, type Tone } from "../../core/styled";
import { kindOf, type Stage, type StageStatus } from "../stage/stage";
import type { ProbeOutcome } from "./outcome";
import type { ReceiverResult } from "./receiver-result";

const MARKS: Readonly<Record<StageStatus, readonly [mark: string, tone: Tone]>> = {
  passed: ["ok", "good"],
  warning: ["warn", "warning"],
  failed: ["FAIL", "bad"],
  skipped: ["-", "faint"],
  unavailable: ["n/a", "faint"],
};

/** The width of a mark. */
const WIDTH = 4;

/** A stage in Terraform's state. */
export interface StageRow {
  readonly name: string | null;
  /** Null in the state of an older version. */
  readonly kind: string | null;
  readonly status: string | null;
  readonly duration_ms: number | null;
  readonly detail: string | null;
  readonly remedy: string | null;
}

/** The stages as an aligned table with their times, and remedies below their stages; without a trailing line break. */
export const renderStages = (stages: readonly (Stage | StageRow)[]): string => plain(styledStages(stages));

/** The same table with styles, for a terminal. */
export function styledStages(stages: readonly (Stage | StageRow)[]): Styled {
  const rows = stages.map(row);
  const names = Math.max(0, ...rows.map(({ name }) => name.length));
  const times = Math.max(0, ...rows.map(({ time }) => time.length));
  const lines = rows.flatMap(({ mark, tone, name, time, detail, remedy }) => {
    const lead = `  ${name.padEnd(names)}  ${time.padStart(times)}  `;
    const line = styled`${toned(tone, mark.padEnd(WIDTH))}${`${lead}${detail}`.trimEnd()}`;
    return remedy ? [line, `${" ".repeat(WIDTH + lead.length)}-> ${remedy}`] : [line];
  });
  return styledLines(lines);
}

function row(stage: Stage | StageRow) {
  const ms = "durationMs" in stage ? stage.durationMs : (stage.duration_ms ?? 0);
  const status = (stage.status ?? "skipped") as StageStatus;
  const [mark, tone] = MARKS[status] ?? [status, "faint"];
  return {
    mark,
    tone,
    name: stage.name ?? "",
    time: status === "skipped" ? "" : `${ms} ms`,
    detail: stage.detail ?? "",
    remedy: stage.remedy ?? undefined,
  };
}

/** The stages as plain attributes for the state, nothing left out. */
export function stageRows(stages: readonly Stage[]): Required<{ [K in keyof StageRow]: StageRow[K] }>[] {
  return stages.map((stage) => ({
    name: stage.name,
    kind: kindOf(stage),
    status: stage.status,
    duration_ms: stage.durationMs,
    detail: stage.detail,
    remedy: stage.remedy ?? null,
  }));
}

/** The receivers as plain attributes for the state. */
function receiverRows(receivers: readonly ReceiverResult[]) {
  return receivers.map(({ address, status, reply, attempts, remedy }) => ({
    address,
    status,
    reply: reply ?? null,
    attempts,
    remedy: remedy ?? null,
  }));
}

/** The result of a run as the attributes that a probe and a test mail share. */
export function outcomeRows(outcome: ProbeOutcome) {
  return {
    ok: outcome.ok,
    verdict: outcome.verdict,
    stages: stageRows(outcome.stages),
    receivers: receiverRows(outcome.receivers),
    certificate_valid_from: outcome.certificateValidFrom ?? null,
    certificate_expires_at: outcome.certificateExpiresAt ?? null,
  };
}
