import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Demo } from "../demo";
import { managedState } from "../managed-state";
import { reviewProgram, type Version } from "../review-program";
import { textOf } from "../text-of";
import { deploy } from "./deploy";

const PROGRAM = "production.ts";
const REVIEW = "review.json";

const DEPLOYED: Version = { security: "startTls", receivers: ["oncall@example.com", "boss@example.com"], flow: true };
const WEAKER: Version = { security: "plain", receivers: ["oncall@example.com"], flow: false };
const BETTER: Version = { ...DEPLOYED, receivers: [...DEPLOYED.receivers, "night@example.com"] };
const OTHER: Version = { ...BETTER, receivers: [...BETTER.receivers, "stranger@example.net"] };

/** Reviews a change before it is applied, and applies nothing else. */
export async function review(demo: Demo): Promise<void> {
  const { workspace, narrator, sandbox } = demo;
  write(demo, DEPLOYED);
  workspace.useProgram(PROGRAM);
  await deploy(demo);
  const before = managedState(sandbox.state());

  demo.chapter("A pull request closes the flow, drops a receiver and weakens TLS: this is its review");
  await propose(demo, WEAKER);
  const comment = await demo.outbound("review", demo.stack);
  narrator.quote(comment.stdout, 300);
  const says = (text: string) => comment.stdout.includes(text);
  demo.check(
    "it says first that this stops alerts",
    says("⛔ production: stops alerts"),
    "⛔ in the title",
    comment.stdout.split("\n")[2],
  );
  demo.check("it names the flow that is closed", says("🔴 closed"), "the flow, closed", "nothing of it");
  demo.check("it names who is told no more", says("~~boss@example.com~~"), "~~boss@example.com~~", "nothing of it");
  demo.check("it names the weaker protection", says("no encryption"), "STARTTLS → no encryption", "nothing of it");
  const gate = await demo.outbound("review", demo.stack, "--fail-on", "error", "--json", "weaker.json");
  demo.check("a pipeline can stop it", gate.exitCode === 1, "exit code 1", gate.exitCode);
  demo.check("a review changes nothing", managedState(sandbox.state()) === before, "the systems as before", "not");

  demo.chapter("A better change is reviewed, and something else is deployed: refused");
  await propose(demo, BETTER);
  await demo.outbound("review", demo.stack, "--json", REVIEW);
  await propose(demo, OTHER);
  const refused = await demo.outbound("apply-reviewed", demo.stack, "--review", REVIEW);
  narrator.quote(refused.output);
  demo.check("another plan is refused", refused.exitCode === 1, "exit code 1", refused.exitCode);
  demo.check("nothing of it was applied", managedState(sandbox.state()) === before, "the systems as before", "not");

  demo.chapter("What was reviewed is applied");
  await propose(demo, BETTER);
  const applied = await demo.outbound("apply-reviewed", demo.stack, "--review", REVIEW);
  narrator.quote(applied.output);
  demo.check("the reviewed plan is applied", applied.exitCode === 0, "exit code 0", applied.exitCode);

  demo.chapter("Who is told when this happens?");
  const told = await demo.outbound(
    "routes",
    demo.stack,
    "--severity",
    "CRITICAL",
    "--verify",
    "receiver=night@example.com",
  );
  narrator.quote(told.output);
  demo.check("the new receiver is told", told.exitCode === 0, "exit code 0", told.exitCode);
}

async function propose(demo: Demo, version: Version): Promise<void> {
  write(demo, version);
  await demo.cdktf("synth");
}

function write({ workspace, narrator }: Demo, version: Version): void {
  const path = join(workspace.directory, PROGRAM);
  const text = reviewProgram(version);
  const lines = new Set(textOf(path).split("\n"));
  const now = new Set(text.split("\n"));
  for (const line of lines) if (!now.has(line) && lines.size > 1) narrator.line(`     | - ${line}`);
  for (const line of now) if (!lines.has(line) && lines.size > 1) narrator.line(`     | + ${line}`);
  writeFileSync(path, text);
}
