import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Measured {
  readonly seconds: number;
  /** Highest resident set of any provider process during the run, MiB; 0 where the system does not tell. */
  readonly providerPeakMiB: number;
}

/** Runs a command to its end; throws with its output when it fails. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    let peak = 0;
    const sampler = setInterval(() => (peak = Math.max(peak, providerMemory(child.pid!))), 100);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(sampler);
      if (code !== 0)
        return reject(new Error(`${command} ${args.join(" ")} exited with ${code}:\n${Buffer.concat(output)}`));
      resolve({ seconds: Number(process.hrtime.bigint() - started) / 1e9, providerPeakMiB: peak });
    });
  });
}

/** The high-water mark of terraform's provider children, from /proc; 0 where there is none. */
function providerMemory(parent: number): number {
  try {
    const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === parent);
    return Math.max(0, ...children.map(highWaterMark));
  } catch {
    return 0;
  }
}

function parentOf(pid: string): number {
  return Number(/^PPid:\s+(\d+)/m.exec(status(pid))?.[1] ?? 0);
}

function highWaterMark(pid: string): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status(pid))?.[1] ?? 0) / 1024;
}

function status(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return ""; // It ended between listing and reading.
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export async function repeat<T>(times: number, action: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < times; index += 1) results.push(await action());
  return results;
}
