import { cpus, totalmem, type } from "node:os";
import { execFileSync } from "node:child_process";

import type { LeftOut } from "./parts";
import { terraformBinary } from "../test/support/terraform-binary";

export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly baseline: string;
  readonly ratio?: number;
  /** The ratio (or the value, when there is none) must not exceed it. */
  readonly limit?: number;
  /** What is compared with the limit when there is no ratio. */
  readonly value?: number;
}

export function markdown(rows: readonly Row[], leftOut: readonly LeftOut[] = []): string {
  const lines = rows.map((row) => {
    const measured = row.ratio ?? row.value;
    const held = row.limit === undefined || measured === undefined ? "" : measured <= row.limit ? "held" : "**missed**";
    return `| ${row.what} | ${row.ours} | ${row.baseline} | ${row.ratio?.toFixed(2) ?? ""} | ${row.limit ?? ""} | ${held} |`;
  });
  return [
    "# Benchmarks",
    "",
    "Made by `npm run bench`: ratios to a baseline measured in the same run, on the machine named here. They are not tests.",
    "The `terraform_data` of a limit hold what the flows hold, by the same expressions: terraform copies and evaluates that many times.",
    "Against `terraform_data` with one short text, which is less for terraform itself to do, the rows that say so have no limit.",
    "The mail probe goes from the settings to the first receiver over STARTTLS and with a login, against a healthy server in another process;",
    "its times are lowest / median / highest, and its limit is milliseconds for each stage beyond what a client takes that makes the same round trips and nothing else.",
    "",
    `Machine: ${machine()}`,
    "",
    "| what | ours | baseline | ratio | limit | |",
    "|---|---|---|---|---|---|",
    ...lines,
    "",
    ...leftOut.flatMap(({ name, why }) => [`Not measured: ${name} (${why.split("\n")[0]}).`, ""]),
  ].join("\n");
}

export const missed = (rows: readonly Row[]): readonly Row[] =>
  rows.filter((row) => row.limit !== undefined && (row.ratio ?? row.value ?? 0) > row.limit);

function machine(): string {
  const processors = cpus();
  return [
    `${processors.length} × ${processors[0]?.model.trim() || "unknown processor"}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    type(),
    `Node.js ${process.versions.node}`,
    `terraform ${terraformVersion()}`,
  ].join(", ");
}

function terraformVersion(): string {
  try {
    const text = execFileSync(terraformBinary, ["version", "-json"], {
      stdio: ["ignore", "pipe", "ignore"],
    }).toString();
    return (JSON.parse(text) as { terraform_version: string }).terraform_version;
  } catch {
    // What was measured without it is worth reporting all the same.
    return "(not found)";
  }
}
