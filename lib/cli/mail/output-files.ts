import { messageOf } from "../../core/thrown";
import { chmodSync, closeSync, openSync } from "node:fs";
import { resolve } from "node:path";
import { writeOutput } from "../output-file";
import { fileNotWritable } from "./errors";
import { outcomesToJUnit } from "./junit";
import type { MailOptions } from "./options";
import type { MailTestOutcome } from "./outcome";
import { heading, wireToText } from "./text";

/** Files that are written at the end of a run; they are checked before anything is sent. */
export class OutputFiles {
  readonly transcript: string | undefined;
  private readonly junit: string | undefined;

  /** @throws UsageError `cli/file-not-writable` */
  constructor({ junit, transcript }: MailOptions, directory: string) {
    this.junit = junit === undefined ? undefined : writable("--junit", resolve(directory, junit));
    this.transcript =
      typeof transcript === "string" ? writable("--transcript", resolve(directory, transcript), 0o600) : undefined;
  }

  write(outcomes: readonly MailTestOutcome[]): void {
    if (this.junit !== undefined) writeOutput(this.junit, outcomesToJUnit(outcomes));
    if (this.transcript !== undefined) {
      const text = outcomes.map((outcome) => `${heading(outcome.test)}\n${wireToText(outcome)}\n`).join("\n");
      writeOutput(this.transcript, text);
    }
  }
}

function writable(option: string, path: string, mode?: number): string {
  try {
    closeSync(openSync(path, "a", mode));
    // An existing file would keep its mode.
    if (mode !== undefined) chmodSync(path, mode);
    return path;
  } catch (error) {
    throw fileNotWritable(option, path, messageOf(error));
  }
}
