import { plural } from "../../core/plural";
import { whenAborted } from "../../core/signals";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { ProblemError } from "../../core/problem";
import { jsonText, type JsonDocument } from "../../core/json-document";
import { printable, printableJson } from "../../core/printable";
import type { InboxMessage } from "../../mail/server";
import { faultFromText, optionsFromTexts, startSandbox, type Sandbox } from "../../sandbox";
import { asUsage, commandNotStarted, UsageError } from "../errors";
import { ExitCode } from "../exit-code";
import { integer } from "../numbers";
import { writeOutput } from "../output-file";
import { runInside } from "../run-inside";
import type { Runner } from "../runner";
import { shellExports } from "../shell";
import type { Surroundings } from "../surroundings";
import { collect } from "../repeated";

interface Options {
  readonly json?: boolean;
  readonly exports?: string;
  readonly port?: string;
  readonly seed?: string;
  readonly latency?: string;
  readonly fault: readonly string[];
  readonly set: readonly string[];
}

const help = `
Every line on standard output is an \`export\`; everything else goes to standard error. So:
  $ outbound sandbox --exports sandbox.sh &
  $ . ./sandbox.sh && npx cdktf deploy

Or run a command in it, and be done when that is done:
  $ outbound sandbox -- npx cdktf deploy --auto-approve

Faults, as often as you like: METHOD PATH EFFECT [times=N|always] [after=N] [system=NAME]
  --fault "POST /**/outgoingFlow reset-after"        the flow is made, the answer is lost
  --fault "GET /**/task/* status=429 times=3"        three refusals, then as usual
  --fault "ANY /** delay=2000 times=always"          a slow day
  --fault "DELETE /**/alertplugins/* fake-success"   says it is gone, and it is not
  --fault "GET /**/Webhooks stale times=3"           three lists that do not know of the next write
  --fault "GET /**/Webhooks omit"                    a list without its newest object
  also: maintenance (a web page with status 200), reset-before

Other releases and editions, as often as you like: SYSTEM.OPTION=VALUE, the value as text or JSON
  --set uipath.edition=cloud --set uipath.tenantMail=ignored
  --set vrops.version=9.0 --set vrops.credentials=objects
  --set alertops.uniqueNames=true
  All options of each system: docs/sandbox.md.

While it runs, open $OUTBOUND_SANDBOX_URL/ in a browser: the inbox, a map of who reaches which server, the stages of
every test, and the state of the systems, live. The same as JSON: /_sandbox/inbox, /_sandbox/map, /_sandbox/tests,
/_sandbox/state, /_sandbox/requests, /_sandbox/faults and /_sandbox/interventions.

It listens on loopback only, keeps everything in memory and ends with Ctrl-C.`;

/** `outbound sandbox`: runs the sandbox until it is stopped. */
export function sandboxCommand(command: Command, runner: Runner): void {
  command
    .description(
      "Starts simulators of the OVHcloud API and of vROps, the firewall between them, and a real SMTP server with an\n" +
        "inbox; prints the environment variables that make stacks and provider use them. Nothing leaves this machine.",
    )
    .argument("[command...]", "after --: run this with the sandbox's variables, and end with it")
    .option("--json", "print JSON instead of exports: url, urls, environment")
    .option("--exports <file>", "write the exports to this file (only you can read it; removed at the end)")
    .option("--port <number>", "port of page and control; the simulators take the next ones (default: any free ports)")
    .option("--seed <number>", "make ids, passwords and timing reproducible")
    .option("--latency <ms>", "milliseconds added to every API answer")
    .option("--fault <fault>", "make requests fail; may be repeated, see below", collect, [])
    .option("--set <option>", "another release or edition of a system; may be repeated, see below", collect, [])
    .addHelpText("after", help)
    .action((command: readonly string[], options: Options) =>
      runner.run((surroundings) => runSandbox(command, options, surroundings)),
    );
}

async function runSandbox(command: readonly string[], options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { out, err, interrupted } = surroundings;
  const port = integer("--port", options.port, 1, 65_000);
  const seed = integer("--seed", options.seed, 0, 2 ** 32 - 1);
  const latencyMs = integer("--latency", options.latency, 0, 60_000);
  const faults = asUsage(() => options.fault.map(faultFromText));
  const simulators = asUsage(() => optionsFromTexts(options.set));
  const sandbox = await startSandbox({ port, seed, latencyMs, options: simulators }).catch(badSimulatorOption);
  const exportsFile =
    options.exports === undefined ? undefined : resolve(surroundings.workingDirectory, options.exports);
  try {
    for (const fault of faults) sandbox.faults.add(fault);
    const environment = sandbox.environment();
    if (exportsFile !== undefined) writeOutput(exportsFile, `${shellExports(environment)}\n`, { mode: 0o600 });
    if (command.length > 0) {
      const exitCode = await runCommand(command, environment, surroundings);
      if (!interrupted.aborted) reportMails(sandbox.inbox.messages, err);
      return exitCode;
    }
    if (options.json) out(jsonText(documentOf(sandbox, environment)).trimEnd());
    else if (exportsFile === undefined) out(shellExports(environment));
    err(`The sandbox is up. Page: ${sandbox.url}/  State: ${sandbox.url}/_sandbox/state  Stop: Ctrl-C`);
    for (const fault of faults) err(`Fault armed: ${printableJson(fault)}`);
    if (exportsFile !== undefined) err(`Variables: . ${exportsFile}`);
    await aborted(interrupted);
    return ExitCode.ok;
  } finally {
    await sandbox.close();
    if (exportsFile !== undefined) rmSync(exportsFile, { force: true });
    err("The sandbox is down.");
  }
}

/** The simulator's complaint about an option, as a problem of the command line. */
function badSimulatorOption(error: unknown): never {
  const codes = error instanceof ProblemError ? error.problems.map(({ code }) => code) : [];
  const isUsage = codes.length > 0 && codes.every((code) => OF_OPTIONS.has(code));
  throw isUsage ? new UsageError(...(error as ProblemError).problems) : error;
}

const OF_OPTIONS: ReadonlySet<string> = new Set(["sandbox/option-invalid", "sandbox/unknown-system"]);

/** The addresses of a sandbox. */
export interface SandboxDocument extends JsonDocument<"outbound-sandbox/1"> {
  /** The URL of the page and the control API. */
  readonly url: string;
  /** The URL of each simulated system, by its name in the provider's configuration. */
  readonly urls: Readonly<Record<string, string>>;
  /** The variables that make stacks and provider use it, with the passwords of the simulated systems. */
  readonly environment: Readonly<Record<string, string>>;
}

const documentOf = ({ url, urls }: Sandbox, environment: Readonly<Record<string, string>>): SandboxDocument => ({
  format: "outbound-sandbox/1",
  url,
  urls,
  environment,
});

async function runCommand(
  command: readonly string[],
  variables: Readonly<Record<string, string>>,
  { environment, workingDirectory: cwd, interrupted, err }: Surroundings,
): Promise<ExitCode> {
  err(`The sandbox is up, for: ${command.join(" ")}`);
  // Terraform and cdktf would otherwise ask for newer releases of themselves.
  const inside = { cwd, environment: { CHECKPOINT_DISABLE: "1", ...environment, ...variables }, interrupted };
  const code = await runInside(command, inside).catch((error: NodeJS.ErrnoException) => {
    throw commandNotStarted(command[0]!, error.code ?? error.message);
  });
  if (interrupted.aborted) return ExitCode.interrupted;
  if (code !== 0) err(`${command[0]} ended with ${code === undefined ? "a signal" : `exit code ${code}`}.`);
  return code === 0 ? ExitCode.ok : ExitCode.failed;
}

/** Lists the mails at the end: they are gone with the sandbox. */
function reportMails(messages: readonly InboxMessage[], err: Surroundings["err"]): void {
  err(messages.length === 0 ? "No mail arrived." : `${plural(messages.length, "mail")} arrived:`);
  for (const { subject, to } of messages) err(`  ${printable(`${subject}, to ${to.join(", ")}`)}`);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : void whenAborted(signal, resolve)));
}
