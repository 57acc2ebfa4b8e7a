import { homedir } from "node:os";
import type { Readable } from "node:stream";
import type { Clock } from "../core/clock";
import type { Redactor } from "../core/redaction";
import type { Styled } from "../core/styled";
import { Output } from "./output";

/** What a command may see and touch of the world around it. */
export interface Surroundings extends Omit<InitialSurroundings, "screens"> {
  /** Writes a result for people, in the width and colours of their screen; {@link out} writes it as it is. */
  readonly tell: (text: Styled) => void;
  /** Writes a line for people: progress, hints, problems. */
  readonly err: (text: Styled) => void;
  /** Whether somebody sits at a terminal and sees progress. */
  readonly watched: boolean;
  /** Knows what no line may show: whoever learns a secret tells it, whoever writes asks it. */
  readonly redactor: Redactor;
}

/** What there is of it before a command runs. */
export interface InitialSurroundings {
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
  /** What somebody looks at. @default files and pipes */
  readonly screens?: { readonly out: Screen | undefined; readonly err: Screen | undefined };
  /** @default the machine's */
  readonly clock?: Clock;
  /** Everything on standard input, to its end; rejects when interrupted. @default there is none */
  readonly input?: () => Promise<string>;
  /** Aborts on Ctrl-C, SIGTERM, SIGHUP and SIGQUIT. */
  readonly interrupted: AbortSignal;
}

/** A terminal at the end of a stream. */
export interface Screen {
  /** Of now: windows change. */
  readonly columns?: number;
}

/** The real ones. What only a command that runs needs is made once one asks whether it was interrupted. */
export function processSurroundings(): InitialSurroundings {
  let interruption: AbortController | undefined;
  // `outbound demo | head`: nobody reads on. What was started must still be cleaned up, so this is an interruption.
  const out = new Output(
    1,
    () => process.stdout,
    () => interruption?.abort(new Error("stopped: the output was closed")),
  );
  const err = new Output(2, () => process.stderr);
  const interrupted = () => {
    if (interruption === undefined) {
      interruption = interruptedBySignals();
      for (const output of [out, err]) output.neverWait();
    }
    return interruption.signal;
  };
  return {
    out: (line) => out.write(`${line}\n`),
    err: (line) => err.write(`${line}\n`),
    environment: process.env,
    homeDirectory: homedir(),
    workingDirectory: process.cwd(),
    nodeVersion: process.versions.node,
    platform: process.platform,
    screens: {
      get out() {
        return out.screen;
      },
      get err() {
        return err.screen;
      },
    },
    input: () => everythingFrom(process.stdin, interrupted()),
    get interrupted() {
      return interrupted();
    },
  };
}

/** Until then a signal ends the process at once. */
function interruptedBySignals(): AbortController {
  const controller = new AbortController();
  const stop = (signal: string) => {
    // The second Ctrl-C means it: whoever presses it has waited long enough for the clean end.
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error(`stopped by ${signal}`));
  };
  process.on("SIGINT", () => stop("Ctrl-C"));
  // A terminal that was closed, and Ctrl-\\: plan files, which hold secrets, are cleaned away as with the others.
  for (const signal of ["SIGTERM", "SIGHUP", "SIGQUIT"] as const) process.on(signal, () => stop(signal));
  return controller;
}

/** Not read in one go: that could neither wait for a slow pipe nor be interrupted. */
async function everythingFrom(stream: Readable, signal: AbortSignal): Promise<string> {
  const { addAbortSignal } = await import("node:stream");
  const chunks: Buffer[] = [];
  for await (const chunk of addAbortSignal(signal, stream)) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString("utf8");
}
