// `npm run bench`: measures and writes docs/benchmarks.md. Exits with 1 when a limit is missed.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { coldStart } from "./cold-start";
import { everySystem } from "./every-system";
import { mailProbe } from "./mail";
import { againstLocalExec, manyFlows } from "./many-flows";
import { markdown, missed } from "./report";

async function main(): Promise<void> {
  const rows = [
    ...(await coldStart()),
    ...(await manyFlows()),
    ...(await againstLocalExec()),
    ...(await everySystem()),
    ...(await mailProbe()),
  ];
  const report = markdown(rows);
  console.log(report);
  if (!process.argv.includes("--dry-run")) writeFileSync(resolve(__dirname, "../docs/benchmarks.md"), report);
  for (const row of missed(rows)) console.error(`missed: ${row.what}`);
  process.exitCode = missed(rows).length > 0 ? 1 : 0;
}

void main();
