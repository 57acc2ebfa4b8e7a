import { kindOf, type Stage, type StageStatus } from "../stage/stage";
import type { ProbeOutcome } from "./outcome";
import type { ReceiverResult } from "./receiver-result";

const MARKS: Readonly<Record<StageStatus, string>> = {
  passed: "ok",
  warning: "warn",
  failed: "FAIL",
  skipped: "-",
  unavailable: "n/a",
};

/** A stage as Terraform's state holds it. */
export interface StageRow {
  readonly name: string | null;
  /** Null in the state of an older version. */
  readonly kind: string | null;
  readonly status: string | null;
  readonly duration_ms: number | null;
  readonly detail: string | null;
  readonly remedy: string | null;
}

/** The stages as an aligned table with their times, remedies below the stages they belong to; no trailing line break. */
export function renderStages(stages: readonly (Stage | StageRow)[]): string {
  const rows = stages.map(row);
  const names = Math.max(0, ...rows.map(({ name }) => name.length));
  const times = Math.max(0, ...rows.map(({ time }) => time.length));
  return rows
    .flatMap(({ mark, name, time, detail, remedy }) => {
      const lead = `${mark.padEnd(4)}  ${name.padEnd(names)}  ${time.padStart(times)}  `;
      const line = `${lead}${detail}`.trimEnd();
      return remedy ? [line, `${" ".repeat(lead.length)}-> ${remedy}`] : [line];
    })
    .join("\n");
}

function row(stage: Stage | StageRow) {
  const ms = "durationMs" in stage ? stage.durationMs : (stage.duration_ms ?? 0);
  const status = (stage.status ?? "skipped") as StageStatus;
  return {
    mark: MARKS[status] ?? status,
    name: stage.name ?? "",
    time: status === "skipped" ? "" : `${ms} ms`,
    detail: stage.detail ?? "",
    remedy: stage.remedy ?? undefined,
  };
}

/** For the state: plain attributes, nothing left out. */
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

/** For the state, likewise. */
export function receiverRows(receivers: readonly ReceiverResult[]) {
  return receivers.map(({ address, status, reply, attempts, remedy }) => ({
    address,
    status,
    reply: reply ?? null,
    attempts,
    remedy: remedy ?? null,
  }));
}

/** What a run has found, as the attributes that a probe and a test mail share. */
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
