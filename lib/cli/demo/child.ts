import { whenAborted } from "../../core/signals";
import { spawn } from "node:child_process";

export interface ChildOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

export interface ChildResult {
  /** Undefined when the process was killed. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** Both streams in the order of their arrival. */
  readonly output: string;
}

/** How long a process may take to end after SIGINT; Terraform needs a moment to stop its providers. */
const GRACE_MS = 10_000;

/**
 * Runs a program to its end, without prompts (it gets no input), in a process group of its own so that Ctrl-C reaches
 * it through this process and not twice. On abort or time-out it gets SIGINT, then the whole group is killed.
 */
export function runChild(command: readonly string[], options: ChildOptions): Promise<ChildResult> {
  const { cwd, environment, signal, timeoutMs } = options;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const child = spawn(command[0]!, command.slice(1), {
      cwd,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    let stdout = "";
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));

    let kill: NodeJS.Timeout | undefined;
    let late = false;
    const stop = () => {
      signalGroup(child.pid, "SIGINT");
      kill ??= setTimeout(() => signalGroup(child.pid, "SIGKILL"), GRACE_MS);
    };
    const timeout = setTimeout(() => {
      late = true;
      stop();
    }, timeoutMs);
    const stopListening = whenAborted(signal, stop);
    const cleanUp = () => {
      clearTimeout(timeout);
      clearTimeout(kill);
      stopListening();
    };
    child.on("error", (error) => {
      cleanUp();
      reject(error);
    });
    child.on("close", (exitCode) => {
      cleanUp();
      if (signal.aborted) return reject(signal.reason);
      if (late) output += `\n(stopped: it took longer than ${timeoutMs / 1000} s)`;
      resolve({ exitCode: late ? undefined : (exitCode ?? undefined), stdout, output });
    });
  });
}

function signalGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, name);
  } catch {
    // It has ended meanwhile.
  }
}
