import { homedir } from "node:os";
import type { Readable } from "node:stream";
import type { Clock } from "../core/clock";
import type { Redactor } from "../core/redaction";
import type { Styled } from "../core/styled";
import { Output } from "./output";

/** What a command uses of the process and the machine. */
export interface Surroundings extends Omit<InitialSurroundings, "screens"> {
  /** Writes a result for people, laid out for their screen; {@link out} writes it as it is. */
  readonly print: (text: Styled) => void;
  /** Writes a line for people: progress, hints, problems. */
  readonly err: (text: Styled) => void;
  /** Whether a user at a terminal sees progress. */
  readonly watched: boolean;
  /** Masks secrets in every output: whoever learns a secret adds it. */
  readonly redactor: Redactor;
}

/** The surroundings before a command runs. */
export interface InitialSurroundings {
  /** Writes a line of result, for scripts. */
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
  /** The terminals that are connected. @default files and pipes */
  readonly screens?: { readonly out: Screen | undefined; readonly err: Screen | undefined };
  /** @default the machine's */
  readonly clock?: Clock;
  /** Reads standard input to its end; rejects when interrupted. @default no input */
  readonly input?: () => Promise<string>;
  /** Aborts on Ctrl-C, SIGTERM, SIGHUP and SIGQUIT. */
  readonly interrupted: AbortSignal;
}

/** A terminal at the end of a stream. */
export interface Screen {
  /** The current width: windows change. */
  readonly columns?: number;
}

/** The surroundings of the real process. Parts that only a running command needs are made on first use. */
export function processSurroundings(): InitialSurroundings {
  let interruption: AbortController | undefined;
  // `outbound demo | head`: the reader has gone. What was started must still be cleaned up, so this is an interruption.
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

/** Until the first use a signal ends the process at once. */
function interruptedBySignals(): AbortController {
  const controller = new AbortController();
  const stop = (signal: string) => {
    // The second Ctrl-C ends the process: the user has waited long enough for a clean end.
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error(`stopped by ${signal}`));
  };
  process.on("SIGINT", () => stop("Ctrl-C"));
  // A closed terminal, and Ctrl-\\: plan files, which hold secrets, are deleted as with the other signals.
  for (const signal of ["SIGTERM", "SIGHUP", "SIGQUIT"] as const) process.on(signal, () => stop(signal));
  return controller;
}

/** Not read synchronously: that could neither wait for a slow pipe nor be interrupted. */
async function everythingFrom(stream: Readable, signal: AbortSignal): Promise<string> {
  const { addAbortSignal } = await import("node:stream");
  const chunks: Buffer[] = [];
  for await (const chunk of addAbortSignal(signal, stream)) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString("utf8");
}
