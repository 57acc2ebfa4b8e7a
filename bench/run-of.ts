import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { machine } from "./machine";
import { HERE, providerOf, versionOf, type Subject } from "./subject";

/** When, of which code and where rows were measured. */
export interface Run {
  /** `2026-11-29 10:30`, in UTC: what a row says. */
  readonly id: string;
  readonly commit: string;
  readonly machine: string;
  /** The releases, whole. */
  readonly nodes: string;
}

export const runOf = (subjects: readonly Subject[], now: Date): Run => ({
  id: now.toISOString().slice(0, 16).replace("T", " "),
  commit: git("rev-parse", "--short", "HEAD")?.trim() ?? "(no git)",
  machine: machine(),
  nodes: [...new Set(subjects.map(({ node }) => versionOf(node)))].join(", "),
});

/** Of what is measured: another build is another run. */
export const fingerprint = (): string =>
  createHash("sha256")
    .update(readFileSync(providerOf({ root: HERE })))
    .digest("hex");

/** What git prints; undefined where there is none, or no such thing. */
export function git(...args: string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd: HERE, stdio: ["ignore", "pipe", "ignore"], timeout: 30_000 }).toString();
  } catch {
    return undefined;
  }
}
