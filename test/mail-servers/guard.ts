import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A temporary folder and the servers that live in it. Both are gone once {@link Guard.end} resolves, or once
 * this process ends in any other way, killed included: a small shell script waits for its input to end.
 */
export class Guard {
  private constructor(
    readonly folder: string,
    private readonly script: ChildProcess,
  ) {}

  static async create(): Promise<Guard> {
    // Short: the path of a Unix socket has at most 107 characters.
    const folder = await mkdtemp(join(tmpdir(), "mail-"));
    // The servers run as users of their own, who must be able to pass.
    await chmod(folder, 0o755);
    const script = spawn(join(__dirname, "guard.sh"), [folder], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
      cwd: "/",
    });
    await once(script, "spawn");
    // Nor may it keep this process.
    script.unref();
    return new Guard(folder, script);
  }

  /**
   * Starts a server that stays in the foreground, as the leader of a process group, and resolves once it is ready.
   * Its output goes to `<name>.log`.
   */
  async start(name: string, command: string, args: readonly string[], ready?: () => Promise<unknown>): Promise<void> {
    const log = openSync(join(this.folder, `${name}.log`), "a");
    const child = spawn(command, args, { detached: true, stdio: ["ignore", log, log], cwd: this.folder });
    closeSync(log);
    await once(child, "spawn");
    this.script.stdin!.write(`${child.pid}\n`);
    child.unref();
    if (ready === undefined) return;
    const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`)));
    ended.catch(() => undefined);
    await Promise.race([ready(), ended]);
  }

  async end(): Promise<void> {
    this.script.ref();
    const gone = once(this.script, "exit");
    this.script.stdin!.end();
    await gone;
  }
}
