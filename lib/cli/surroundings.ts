import { homedir } from "node:os";
import { addAbortSignal, type Readable } from "node:stream";
import type { Redactor } from "../core/redaction";

/** What a command may see and touch of the world around it. */
export interface Surroundings extends GivenSurroundings {
  /** Knows what no line may show: whoever learns a secret tells it, whoever writes asks it. */
  readonly redactor: Redactor;
}

/** What there is of it before a command runs. */
export interface GivenSurroundings {
  /** Writes a line of result: what scripts read. */
  readonly out: (line: string) => void;
  /** Writes a line for people: progress, hints, problems. */
  readonly err: (line: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly workingDirectory: string;
  /** "20.11.0" */
  readonly nodeVersion: string;
  /** "linux" */
  readonly platform: string;
  /** Whether somebody sits at a terminal and sees progress. @default false */
  readonly terminal?: boolean;
  /** Everything on standard input, to its end; rejects when interrupted. @default there is none */
  readonly input?: () => Promise<string>;
  /** Aborts on Ctrl-C, SIGTERM, SIGHUP and SIGQUIT. */
  readonly interrupted: AbortSignal;
}

/** The real ones. */
export function processSurroundings(): GivenSurroundings {
  const controller = new AbortController();
  const stop = (signal: string) => {
    // The second Ctrl-C means it: whoever presses it has waited long enough for the clean end.
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error(`stopped by ${signal}`));
  };
  process.on("SIGINT", () => stop("Ctrl-C"));
  // A terminal that was closed, and Ctrl-\\: plan files, which hold secrets, are cleaned away as with the others.
  for (const signal of ["SIGTERM", "SIGHUP", "SIGQUIT"] as const) process.on(signal, () => stop(signal));
  // `outbound demo | head`: nobody reads on. What was started must still be cleaned up, so this is an interruption.
  process.stdout.on("error", () => controller.abort(new Error("stopped: the output was closed")));
  process.stderr.on("error", () => undefined);
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    environment: process.env,
    homeDirectory: homedir(),
    workingDirectory: process.cwd(),
    nodeVersion: process.versions.node,
    platform: process.platform,
    terminal: process.stderr.isTTY === true && !process.env["CI"],
    input: () => everythingFrom(process.stdin, controller.signal),
    interrupted: controller.signal,
  };
}

/** Not read in one go: that could neither wait for a slow pipe nor be interrupted. */
async function everythingFrom(stream: Readable, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of addAbortSignal(signal, stream)) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString("utf8");
}
