import { whenAborted } from "../core/signals";
import { spawn } from "node:child_process";

export interface InsideOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly interrupted: AbortSignal;
}

/** How long a command may take to end after Ctrl-C; Terraform needs a moment to stop its providers. */
const GRACE_MS = 20_000;

/**
 * Runs a command that uses the terminal directly, so that its prompts and colours work. Resolves with its exit code;
 * undefined when it was killed. Rejects when it cannot be started.
 */
export function runInside(command: readonly string[], options: InsideOptions): Promise<number | undefined> {
  const { cwd, environment: env, interrupted } = options;
  return new Promise((resolve, reject) => {
    const [program, ...args] = command;
    const child = spawn(program!, args, { cwd, env, stdio: "inherit", shell: process.platform === "win32" });
    let kill: NodeJS.Timeout | undefined;
    const stop = () => {
      // The terminal sends its Ctrl-C to the command as well; a second one would make Terraform give up at once.
      if (!process.stdin.isTTY) child.kill("SIGINT");
      kill = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    };
    if (interrupted.aborted) stop();
    const stopListening = whenAborted(interrupted, stop);
    const cleanUp = () => {
      clearTimeout(kill);
      stopListening();
    };
    child.on("error", (error) => {
      cleanUp();
      reject(error);
    });
    child.on("close", (code) => {
      cleanUp();
      resolve(code ?? undefined);
    });
  });
}
