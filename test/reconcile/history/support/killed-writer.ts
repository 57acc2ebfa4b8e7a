// Appends so many rounds and says so. With "half" it stops in the middle of its second line, as a process that is killed does.
import fs from "node:fs";
import { HistoryFile } from "../../../../lib/reconcile/history/history-file";
import { roundAt } from "./rounds";

const [path, how, name = "alerts"] = process.argv.slice(2) as [string, string, string?];
const history = new HistoryFile(path, { rounds: 300, bytes: 1_000_000 });
if (how === "half") {
  history.append(roundAt(0));
  const write = fs.writeSync;
  fs.writeSync = ((descriptor: number, bytes: Buffer) => {
    write(descriptor, bytes.subarray(0, bytes.length >> 1));
    process.send!("half");
    // Until it is killed.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }) as typeof fs.writeSync;
  history.append(roundAt(1));
}
const count = Number(how);
for (let hour = 0; hour < count; hour += 1) history.append(roundAt(hour, { stack: name }));
process.send?.("done");
if (process.connected) process.disconnect();
