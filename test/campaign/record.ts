import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Played } from "./play";
import type { Trial } from "./trial";

/** Keeps what a violated trial was and did; tells where. */
export function keepRecord(folder: string, { output, ...played }: Played): string {
  mkdirSync(folder, { recursive: true });
  const name = `trial-${played.trial.seed}-${played.trial.number}`;
  writeFileSync(join(folder, `${name}.log`), output);
  const file = join(folder, `${name}.json`);
  writeFileSync(file, `${JSON.stringify(played, null, 2)}\n`);
  return file;
}

/** @throws Error where the file has no trial of the campaign */
export function trialIn(file: string): Trial {
  // What was read is checked as far as a mistaken file is told from a record; the rest is the campaign's own writing.
  const { trial } = JSON.parse(readFileSync(file, "utf8")) as { readonly trial?: Trial };
  if (!Array.isArray(trial?.wanted) || !Array.isArray(trial.faults)) {
    throw new Error(`${file} has no trial; expected is a file that a campaign has kept of a violated one`);
  }
  return trial;
}
