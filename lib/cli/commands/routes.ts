import { sameIgnoringCase } from "../../core/ignoring-case";
import { resolve } from "node:path";
import type { Command } from "commander";
import type { Redactor } from "../../core/redaction";
import { mapStyled, styled, toned } from "../../core/styled";
import { findStack } from "../../plan";
import { buildTopology, declaredIn, topologyAfter, alertPaths, type Event, type Topology } from "../../topology";
import { systems } from "../../systems";
import { nearestWord } from "../../validators";
import { asUsage, badOption } from "../errors";
import { ExitCode } from "../exit-code";
import { routesToJson } from "../routes-json";
import { renderRoutes } from "../routes-text";
import type { Runner } from "../runner";
import { configurationOf, planOf, type SourceOptions } from "../stack-source";
import type { Surroundings } from "../surroundings";
import { collect } from "../repeated";

interface Options extends SourceOptions {
  readonly system?: string;
  readonly severity?: string;
  readonly kind?: string;
  readonly verify: readonly string[];
  readonly json?: boolean;
}

const help = `
Nothing is asked of any system: the answer comes from what \`cdktf synth\` has written, or from a plan.

  $ outbound routes                                         everyone who is told of anything
  $ outbound routes --severity CRITICAL --kind Datastore    who is told when this happens
  $ outbound routes --severity CRITICAL --verify receiver=oncall@example.com`;

/** `outbound routes`: shows who receives an alert. */
export function routesCommand(command: Command, runner: Runner): void {
  command
    .description("Follows an alert through routes, plugins and firewall flows to its receivers, offline.")
    .argument("[stack]", "the stack; needed when the app has several")
    .option("--plan <file>", "answer from this plan (file or JSON): what will be once it is applied")
    .option("--output <directory>", "where `cdktf synth` has written", "cdktf.out")
    .option("--system <name>", `the system where it happens: ${systems.map(({ name }) => name).join(", ")}`)
    .option("--severity <word>", "in the system's own words: CRITICAL")
    .option("--kind <kind>", 'what it happens to: Datastore, or "VMWARE Datastore"')
    .option(
      "--verify <receiver=address>",
      "fail unless this receiver is told; may be repeated, or a list with commas",
      collect,
      [],
    )
    .option("--json", "print JSON")
    .addHelpText("after", help)
    .action((stack: string | undefined, options: Options) =>
      runner.run((surroundings) => routes(stack, options, surroundings)),
    );
}

const NOT_TOLD = toned("bad", "Not told");

async function routes(stack: string | undefined, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { out, print, err } = surroundings;
  const expected = asUsage(() => options.verify.flatMap(receiversIn));
  const event = asUsage(() => eventOf(options));
  const { topology, redactor } = await declaredTopology(stack, options, surroundings);
  const paths = alertPaths(topology, event);
  const redact = (text: string) => redactor.redact(text);
  if (options.json) out(routesToJson(paths, redact).trimEnd());
  else print(mapStyled(renderRoutes(paths, event), redact));
  const missing = expected.filter(
    (receiver) => !paths.some((one) => one.arrives && sameIgnoringCase(one.receiver, receiver)),
  );
  for (const receiver of missing) {
    const blocked = paths.find((one) => sameIgnoringCase(one.receiver, receiver));
    err(styled`${NOT_TOLD}: ${receiver}${blocked?.remark === undefined ? "" : ` (${blocked.remark})`}`);
  }
  return missing.length > 0 ? ExitCode.failed : ExitCode.ok;
}

/**
 * The topology, with a redactor for its secrets: receivers and names are compared unredacted, and redacted when shown.
 */
async function declaredTopology(
  name: string | undefined,
  options: Options,
  surroundings: Surroundings,
): Promise<{ topology: Topology; redactor: Redactor }> {
  if (options.plan !== undefined) {
    const { plan } = await planOf(name, options, surroundings);
    return { topology: topologyAfter(plan.resources), redactor: plan.redactor };
  }
  const stack = findStack(resolve(surroundings.workingDirectory, options.output), name);
  const { redactor } = surroundings;
  return { topology: buildTopology(declaredIn(configurationOf(stack), redactor)), redactor };
}

function eventOf({ system, severity, kind }: Options): Event {
  const names = systems.map(({ name }) => name);
  if (system !== undefined && !names.includes(system))
    throw badOption("--system", system, `one of ${names.join(", ")}`);
  return { system, severity: severity === undefined ? undefined : severityOf(severity, system), resourceKind: kind };
}

/** An unknown severity would match no route, and the reason would be invisible. */
function severityOf(given: string, system: string | undefined): string {
  const asked = systems.filter(({ name, topology }) => topology !== undefined && (system ?? name) === name);
  const words = asked.flatMap(({ severities = [] }) => severities);
  if (words.some((word) => word.toLowerCase() === given.toLowerCase())) return given;
  const nearest = nearestWord(given, words);
  // Where a system's severities are not known, only a near match is taken for a typing error.
  const known = asked.every(({ severities }) => severities !== undefined);
  if (nearest === undefined && !known) return given;
  const list = `one of ${words.join(", ")}`;
  throw badOption("--severity", given, nearest === undefined ? list : `${nearest} (did you mean that?), or ${list}`);
}

/** Reads `receiver=a@example.com,b@example.com`. */
function receiversIn(text: string): string[] {
  const list = /^receiver=(.+)$/
    .exec(text)?.[1]
    ?.split(",")
    .map((one) => one.trim());
  if (list === undefined || list.includes("")) throw badOption("--verify", text, "receiver=oncall@example.com");
  return list;
}
