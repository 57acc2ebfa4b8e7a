import { resolve } from "node:path";
import type { Command } from "commander";

/** In the working directory, beside cdktf.out; `.outbound` is in the .gitignore of projects. */
const HISTORY = ".outbound/history.jsonl";

export const historyOption = (command: Command, describes: string): Command =>
  command.option("--history <file>", describes, HISTORY);

export const historyPath = (file: string, { workingDirectory }: { readonly workingDirectory: string }): string =>
  resolve(workingDirectory, file);
