import { fork } from "node:child_process";
import { join, resolve } from "node:path";
import type { Row } from "./row";
import { removeFolder, temporaryFolder } from "./temporary-folder";

/** After the first ones everything is loaded and compiled. */
export const [EARLY, LATE] = [2_000, 10_000];

/** Bytes of the heap after a collection, by round. */
export type Heap = Readonly<Record<number, number>>;

/** Whether the heap of `outbound watch` grows with its rounds: on a clock that jumps, with detections that cost nothing and a real history. */
export async function watchMemory(): Promise<Row[]> {
  const folder = temporaryFolder("watch");
  try {
    const heap = await heapOf(join(folder, "history.jsonl"));
    const [early, late] = [heap[EARLY]!, heap[LATE]!];
    return [
      {
        what: `heap of \`outbound watch\` after ${LATE} rounds`,
        node: "",
        ours: mebibytes(late),
        baseline: `after ${EARLY} rounds: ${mebibytes(early)}`,
        ratio: late / early,
        limit: 1.1,
      },
    ];
  } finally {
    removeFolder(folder);
  }
}

function heapOf(history: string): Promise<Heap> {
  const child = fork(resolve(__dirname, "watch-worker.ts"), [history], {
    execArgv: ["--expose-gc", "--import", "tsx"],
    stdio: ["ignore", 2, 2, "ipc"],
  });
  return new Promise((settle, reject) => {
    child.once("message", (heap) => settle(heap as Heap));
    child.once("exit", (code) => reject(new Error(`the watch of the benchmark ended with ${code}`)));
  });
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
