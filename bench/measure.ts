import { spawn } from "node:child_process";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** @default 0 */
  readonly exitCode?: number;
}

/** Runs a command to its end, and gives the seconds; throws with its output when it ends otherwise than expected. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  const { exitCode: expected = 0, ...others } = options;
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(command, args, { ...others, stdio: ["ignore", "pipe", "pipe"] });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const seconds = secondsSince(started);
      if (code === expected) resolve(seconds);
      else reject(new Error(`${command} ${args.join(" ")} exited with ${code}:\n${String(Buffer.concat(output))}`));
    });
  });
}

export const secondsSince = (started: bigint): number => Number(process.hrtime.bigint() - started) / 1e9;

export async function secondsOf(action: () => Promise<unknown>): Promise<number> {
  const started = process.hrtime.bigint();
  await action();
  return secondsSince(started);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The ratio to a baseline that took its turns beside: the median of those of the turns. */
export const medianRatio = (ours: readonly number[], theirs: readonly number[]): number =>
  median(ours.map((one, turn) => one / theirs[turn]!));

export async function repeat<T>(times: number, action: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < times; index += 1) results.push(await action());
  return results;
}

/** One after the other, again and again, since the machine's speed changes within a minute: each one's results, in order. */
export async function inTurns<T>(
  turns: number,
  actions: ReadonlyMap<string, () => Promise<T>>,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const results = new Map<string, T[]>([...actions.keys()].map((name) => [name, []]));
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [name, action] of actions) results.get(name)!.push(await action());
  }
  return results;
}

export const inMs = (seconds: number): string => `${(seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0)} ms`;
export const inSeconds = (seconds: number): string => `${seconds.toFixed(2)} s`;
export const inMiB = (mebibytes: number): string => `${mebibytes.toFixed(0)} MiB`;
