import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { terraformBinary } from "../support/terraform-binary";
import { killed, MARK, processesOf } from "./processes";
import type { Disruption } from "./trial";

export interface Ran {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly output: string;
  readonly milliseconds: number;
  /** It did not end in time, and was killed. */
  readonly late: boolean;
  /** Whether the disruption happened: it may have ended before. */
  readonly disrupted: boolean;
}

export interface Place {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What its processes are known by. */
  readonly mark: string;
  /** How many writes the systems have seen so far. */
  readonly writes: () => number;
}

const LOOK_EVERY = 15;

/** Runs terraform in a process group of its own, does what the disruption says, and waits for the end or the deadline. */
export function command(
  place: Place,
  args: readonly string[],
  deadlineMs: number,
  disruption: Disruption = { kind: "none" },
): Promise<Ran> {
  return new Promise((settle, reject) => {
    const started = performance.now();
    const [file, ...rest] = limited([terraformBinary, ...args], disruption);
    const child = spawn(file!, rest, {
      cwd: place.directory,
      env: environmentOf(place, disruption),
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const chunks: Buffer[] = [];
    let disrupted = disruption.kind === "full-disk" || disruption.kind === "clock-jump";
    let late = false;
    let second: NodeJS.Timeout | undefined;
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    const look = setInterval(() => {
      if (!("afterWrites" in disruption) || disrupted || place.writes() < disruption.afterWrites) return;
      disrupted = true;
      if (disruption.kind === "kill-terraform") child.kill("SIGKILL");
      else if (disruption.kind !== "interrupt") killed(providersOf(place.mark));
      else {
        interrupt(child.pid!);
        if (disruption.times === 2) second = setTimeout(() => interrupt(child.pid!), 300);
      }
    }, LOOK_EVERY);
    const deadline = setTimeout(() => {
      late = true;
      killed(processesOf(place.mark).keys());
    }, deadlineMs);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(look);
      clearTimeout(deadline);
      clearTimeout(second);
      const output = Buffer.concat(chunks).toString();
      settle({ code, output, milliseconds: Math.round(performance.now() - started), late, disrupted });
    });
  });
}

/** To the whole group, as a terminal does. */
function interrupt(group: number): void {
  try {
    process.kill(-group, "SIGINT");
  } catch {
    // It has ended by itself.
  }
}

const providersOf = (mark: string) =>
  [...processesOf(mark)].flatMap(([pid, line]) => (line.includes("terraform-provider") ? [pid] : []));

/** Writes beyond the limit fail as on a full disk; without the trap the kernel would end the process instead. */
function limited(line: readonly string[], disruption: Disruption): readonly string[] {
  if (disruption.kind !== "full-disk") return line;
  return ["bash", "-c", `trap '' XFSZ; ulimit -f ${disruption.kilobytes}; exec "$@"`, "bash", ...line];
}

function environmentOf({ environment, mark }: Place, disruption: Disruption): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(TF_|OVH_|VROPS_|CDKTF_|NODE_OPTIONS)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    ...environment,
    [MARK]: mark,
    ...(disruption.kind === "clock-jump"
      ? {
          NODE_OPTIONS: `--require ${resolve(__dirname, "clock-jump.cjs")}`,
          CAMPAIGN_CLOCK_JUMP: `${disruption.ms},${disruption.afterMs}`,
        }
      : {}),
  };
}
