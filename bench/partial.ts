import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../lib/core/make-folder";
import type { Outcome, Outcomes } from "./parts";
import type { Run } from "./run-of";

/** What has been measured of a run that is not through. */
export interface Partial {
  readonly run: Run;
  /** Of the build that it measures. */
  readonly fingerprint: string;
  readonly full: boolean;
  readonly outcomes: Outcomes;
}

/** The file in which a run keeps what it has, until it is through. */
export class PartialFile {
  constructor(private readonly path: string) {}

  write({ outcomes, ...others }: Partial): void {
    makeFolder(dirname(this.path));
    writeFileSync(this.path, JSON.stringify({ ...others, outcomes: [...outcomes] }));
  }

  /** Undefined where there is none, or none that can be read. */
  read(): Partial | undefined {
    try {
      const { outcomes, ...others } = JSON.parse(readFileSync(this.path, "utf8")) as Stored;
      return { ...others, outcomes: new Map(outcomes) };
    } catch {
      return undefined;
    }
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

type Stored = Omit<Partial, "outcomes"> & { readonly outcomes: readonly [string, Outcome][] };

/**
 * Where an interrupted run goes on.
 *
 * @throws Error where there is none, or it measures another build or another selection
 */
export function resumed(partial: Partial | undefined, fingerprint: string, full: boolean): Partial {
  if (partial === undefined) throw new Error("--resume: there is no interrupted run");
  if (partial.fingerprint !== fingerprint) {
    throw new Error(`--resume: the run of ${partial.run.id} measures another build; start a new one`);
  }
  if (partial.full !== full) {
    throw new Error(`--resume: the run of ${partial.run.id} was started ${partial.full ? "with" : "without"} --full`);
  }
  return partial;
}
