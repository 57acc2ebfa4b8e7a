import { fork } from "node:child_process";
import { resolve } from "node:path";
import { median, repeat } from "./measure";
import { sharesOf, type Profile } from "./profile-shares";
import type { Row } from "./row";
import type { Subject } from "./subject";

const [FEW, MANY] = [100, 1_000];
const LOADS = 5;
/** Ten times as many may take a little more than ten times as long: there is more for the collector of garbage to keep. */
const LINEAR = 1.25;

interface Told {
  readonly loading: { readonly cdktf: number; readonly ours: number };
  readonly syntheses: readonly { readonly count: number; readonly milliseconds: number; readonly profile: Profile }[];
}

/** Our share of `cdktf synth` of the reference stack: loading the library, and synthesis. */
export async function synthesis(subjects: readonly Subject[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const subject of subjects) {
    const loads = await repeat(LOADS, async () => (await synthesised(subject, [])).loading);
    const [ours, cdktf] = [median(loads.map((one) => one.ours)), median(loads.map((one) => one.cdktf))];
    const { label: node } = subject;
    rows.push({
      what: "`cdktf synth`: loading our library",
      node,
      ours: `${ours.toFixed(0)} ms`,
      baseline: `loading cdktf before it: ${cdktf.toFixed(0)} ms`,
      ratio: ours / cdktf,
      limit: 1,
    });
    const { syntheses } = await synthesised(subject, [FEW, MANY]);
    const shares = syntheses.map(({ count, milliseconds, profile }) => ({ count, milliseconds, ...sharesOf(profile) }));
    for (const { count, milliseconds, oursMs, cdktfMs } of shares) {
      rows.push({
        what: `\`cdktf synth\`: the reference stack with ${count} platforms, our share`,
        node,
        ours: `${oursMs.toFixed(0)} ms`,
        baseline: `cdktf's own: ${cdktfMs.toFixed(0)} ms (${milliseconds.toFixed(0)} ms in all)`,
        ratio: oursMs / cdktfMs,
        limit: 1,
      });
    }
    const [few, many] = shares.map(({ count, oursMs }) => oursMs / count);
    rows.push({
      what: `\`cdktf synth\`: our share of each platform of ${MANY}`,
      node,
      ours: `${many!.toFixed(2)} ms`,
      baseline: `of each platform of ${FEW}: ${few!.toFixed(2)} ms`,
      ratio: many! / few!,
      limit: LINEAR,
    });
  }
  return rows;
}

function synthesised({ node, root }: Subject, counts: readonly number[]): Promise<Told> {
  const child = fork(resolve(__dirname, "synthesis-worker.cjs"), [root, ...counts.map(String)], {
    cwd: root,
    execPath: node,
    execArgv: [],
    stdio: ["ignore", 2, 2, "ipc"],
  });
  return new Promise((settle, reject) => {
    child.once("message", (told) => {
      child.disconnect();
      settle(told as Told);
    });
    child.once("exit", (code) => reject(new Error(`the synthesis of the benchmark ended with ${code}`)));
  });
}
