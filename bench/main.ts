// `npm run bench`: measures and writes docs/benchmarks.md. Exits with 1 when a limit is missed or a part could not be measured.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { coldStart } from "./cold-start";
import { everySystem } from "./every-system";
import { mailCommand, mailProbe } from "./mail";
import { againstLocalExec, manyFlows } from "./many-flows";
import { measureParts, type Part } from "./parts";
import { watchMemory } from "./watch";
import { markdown, missed } from "./report";

async function main(): Promise<void> {
  const parts: readonly Part[] = [
    { name: "the start", measure: coldStart },
    { name: "many flows", measure: manyFlows },
    { name: "the usual way, by local-exec", measure: againstLocalExec },
    { name: "every system", measure: everySystem },
    { name: "the mail probe", measure: mailProbe },
    { name: "the mail probe as a command", measure: mailCommand },
    { name: "the memory of outbound watch", measure: watchMemory },
  ];
  const { rows, leftOut } = await measureParts(parts, (text) => console.error(text));
  const report = markdown(rows, leftOut);
  console.log(report);
  if (!process.argv.includes("--dry-run")) writeFileSync(resolve(__dirname, "../docs/benchmarks.md"), report);
  for (const row of missed(rows)) console.error(`missed: ${row.what}`);
  for (const { name, why } of leftOut) console.error(`left out: ${name}: ${why}`);
  process.exitCode = missed(rows).length + leftOut.length > 0 ? 1 : 0;
}

void main();
