import { randomUUID } from "node:crypto";
import { elapsed, systemClock } from "../../core/clock";
import { messageOf } from "../../core/thrown";
import { ProblemError, renderProblem } from "../../core/problem";
import { toned } from "../../core/styled";
import { startSandbox } from "../../sandbox";
import type { Surroundings } from "../surroundings";
import { requireTerraform } from "../terraform-version";
import { packageRoot } from "../../package/install";
import { deploy, secondPlan } from "./chapters/deploy";
import { destroy } from "./chapters/destroy";
import { breakIt, repair } from "./chapters/drift";
import { adopt } from "./chapters/adopt";
import { everySystem, undoByHand } from "./chapters/every-system";
import { explore } from "./chapters/explore";
import { prove } from "./chapters/prove";
import { reconcile } from "./chapters/reconcile";
import { review } from "./chapters/review";
import { checkForSecrets, findNoSecrets, secretsOf } from "./chapters/secrets";
import { cleanUp } from "./clean-up";
import { Demo } from "./demo";
import { Narrator, seconds } from "./narrator";
import type { Report } from "./report";
import { deployCommandFor, typeScriptRunner } from "./toolchain";
import { Workspace } from "./workspace";

export interface DemoOptions {
  /** Leave everything running until Ctrl-C instead of destroying it. */
  readonly keep?: boolean;
  /** One relay in every system instead of the main job. */
  readonly all?: boolean;
  /** Detect, repair, in sync: `outbound reconcile`. */
  readonly drift?: boolean;
  /** Code for what was made by hand: `outbound import`. */
  readonly import?: boolean;
  /** A password that is rotated after the deployment: `outbound reconcile --prove`. */
  readonly prove?: boolean;
  /** A change that does harm, its review, and what is applied: `outbound review`. */
  readonly review?: boolean;
  readonly seed?: number;
}

/** Runs the whole demo, and cleans up after it in every case. */
export async function runDemo(options: DemoOptions, surroundings: Surroundings): Promise<Report> {
  const { environment, interrupted: signal, nodeVersion, platform, redactor } = surroundings;
  const startedAt = new Date(systemClock.now()).toISOString();
  const began = elapsed(systemClock);
  const narrator = new Narrator(surroundings.print, redactor);
  const installation = await requireTerraform(environment, signal);
  const terraform = `${installation.product} ${installation.version}`;
  narrator.line(
    `From nothing to proven alert mail: the real ${installation.product}, and a simulated world on this machine.`,
  );
  const deployCommand = await deployCommandFor(surroundings, narrator);
  const runner = await typeScriptRunner(surroundings, narrator);
  narrator.line(`Node.js ${nodeVersion}, ${terraform}, ${deployCommand.name}-cli ${deployCommand.version}`);

  const sandbox = await startSandbox({ seed: options.seed });
  for (const secret of Object.values(secretsOf(sandbox.environment()))) redactor.add(secret);
  const workspace = new Workspace(
    randomUUID(),
    // For cdktf, which finds OpenTofu by this variable only.
    { ...environment, TERRAFORM_BINARY_NAME: installation.binary },
    sandbox.environment(),
    deployCommand,
  );
  const demo = new Demo(narrator, systemClock, signal, installation, sandbox, workspace, deployCommand);
  let stoppedBy: string | undefined;
  try {
    workspace.prepare(packageRoot(), runner, options.all ? "examples/every-system/main.ts" : undefined);
    for (const [name, url] of Object.entries(sandbox.urls)) narrator.line(`Simulated ${name}: ${url}`);
    const { host, port } = sandbox.mail.startTls;
    narrator.line(`Mail server: ${host}:${port}, page: ${sandbox.url}/`);
    await play(demo, options);
  } catch (error) {
    stoppedBy = signal.aborted ? (signal.reason as Error).message : describe(error);
    narrator.line();
    narrator.line(signal.aborted ? `Interrupted: ${stoppedBy}` : `The demo cannot go on: ${stoppedBy}`);
  } finally {
    await cleanUp(demo);
  }

  const report: Report = {
    format: "outbound-demo/1",
    ok: stoppedBy === undefined && demo.held,
    startedAt,
    durationMs: elapsed(systemClock) - began,
    machine: { node: nodeVersion, terraform, platform },
    steps: demo.steps,
    checks: demo.checks,
    tests: demo.tests,
    messages: sandbox.inbox.snapshot(),
    ...(stoppedBy === undefined ? {} : { stoppedBy }),
  };
  conclude(report, narrator);
  return report;
}

async function play(
  demo: Demo,
  { all, keep, drift, import: importing, prove: proving, review: reviewing }: DemoOptions,
): Promise<void> {
  const before = demo.sandbox.state();
  if (all) await everySystem(demo);
  else if (reviewing) await review(demo);
  else {
    await deploy(demo);
    await secondPlan(demo);
    if (drift) await reconcile(demo);
    else if (importing) await adopt(demo);
    else if (proving) await prove(demo);
    else {
      await breakIt(demo);
      await repair(demo);
    }
  }
  // While the state still has content to be searched.
  await findNoSecrets(demo);
  if (keep) return explore(demo);
  if (all) await undoByHand(demo);
  await destroy(demo, before);
  checkForSecrets(demo);
}

function conclude({ ok, checks, stoppedBy, durationMs }: Report, narrator: Narrator): void {
  const broken = checks.filter(({ held }) => !held);
  narrator.line();
  if (ok) return narrator.line([toned("good", `All ${checks.length} checks held (${seconds(durationMs)}).`)]);
  if (stoppedBy !== undefined) narrator.line(`It ended early (${seconds(durationMs)}): ${stoppedBy}`);
  if (broken.length > 0)
    narrator.line(`${broken.length} of ${checks.length} checks did not hold (${seconds(durationMs)}):`);
  for (const { name, expected, got } of broken) narrator.line(`  - ${name}: expected ${expected}; got ${got}`);
}

function describe(error: unknown): string {
  if (error instanceof ProblemError) return error.problems.map((problem) => renderProblem(problem)).join("\n");
  return messageOf(error);
}
