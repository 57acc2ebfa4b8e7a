import { leaks } from "../support/secret-encodings";
import type { Ran } from "./command";
import { NAMES } from "./configuration";
import { SECRETS, standsAsValue } from "./planted-secrets";
import type { Trial } from "./trial";
import { difference } from "./world";

/** Something that must hold and does not. */
export interface Violation {
  readonly rule:
    | "late"
    | "unnamed error"
    | "broken provider"
    | "clean apply"
    | "next plan"
    | "systems differ from the code"
    | "foreign touched"
    | "destroy"
    | "left over"
    | "process left"
    | "secret";
  readonly what: string;
}

/** What was seen of a trial. */
export interface Observed {
  readonly struck: Ran;
  /** Each must succeed; undefined where one before it failed. */
  readonly clean: Ran;
  readonly plan?: Ran;
  readonly destroy?: Ran;
  /** What is set in the systems after the clean apply, and what a run without any fault sets. */
  readonly settings: { readonly got: readonly string[]; readonly wanted: readonly string[] };
  /** What others made: at first, after the clean apply and after the destruction. */
  readonly foreign: readonly string[];
  /** What is set before anything is applied, and after the destruction. */
  readonly emptied?: { readonly got: readonly string[]; readonly wanted: readonly string[] };
  readonly processes: readonly string[];
  /** All outputs, and all files but the configuration and the programs. */
  readonly written: string;
  /** The logins of the systems. */
  readonly logins: readonly string[];
}

const SHOWN = 2_000;
const TERRAFORM_SAYS_CHANGES = 2;

export function judge(trial: Trial, seen: Observed): readonly Violation[] {
  const { struck, clean, plan, destroy } = seen;
  const found: Violation[] = [];
  const note = (rule: Violation["rule"], what: string) => found.push({ rule, what: what.slice(0, SHOWN) });

  for (const ran of [struck, clean, plan, destroy]) {
    if (ran?.late === true) note("late", `did not end within ${ran.milliseconds} ms:\n${ran.output.slice(-SHOWN / 2)}`);
  }
  for (const error of struck.late ? [] : errorsIn(struck.output)) {
    if (isBroken(error, trial)) note("broken provider", error);
    else if (!namesItsObject(error) && !isTerraformsOwn(error, trial)) note("unnamed error", error);
  }
  if (clean.code !== 0) note("clean apply", errorsIn(clean.output).join("\n") || clean.output.slice(-SHOWN));
  if (plan !== undefined && plan.code !== 0) {
    note("next plan", plan.code === TERRAFORM_SAYS_CHANGES ? changesIn(plan.output) : plan.output);
  }
  if (destroy !== undefined && destroy.code !== 0) note("destroy", errorsIn(destroy.output).join("\n"));
  if (clean.code === 0) {
    for (const one of difference(seen.settings.got, seen.settings.wanted)) note("systems differ from the code", one);
  }
  if (new Set(seen.foreign).size > 1) note("foreign touched", seen.foreign.join("\n"));
  if (seen.emptied !== undefined) {
    for (const one of difference(seen.emptied.got, seen.emptied.wanted)) {
      if (!isGivenBack(one, clean.output, trial)) note("left over", one);
    }
  }
  for (const line of seen.processes) note("process left", line);
  for (const leak of secretsIn(trial.secret, seen)) note("secret", leak);
  return found;
}

/** Errors and warnings, each from its heading to the next message; what stands before the first of them comes first. */
const messagesIn = (output: string): readonly string[] => output.split(/^(?=(?:Error|Warning): )/m);

export const errorsIn = (output: string): readonly string[] =>
  messagesIn(output)
    .filter((text) => text.startsWith("Error: "))
    .map((text) => text.trim());

/** Of what is being deleted Terraform itself names no address; there the message has to name the object. */
const namesItsObject = (error: string) =>
  // Terraform breaks lines at the blanks, a long name may begin one.
  /^Object: outbound_\w+\s+"/m.test(error) ||
  /^\s*with (?:provider\[|(?:data\.|ephemeral\.)?outbound_\w+\.)/m.test(error) ||
  NAMES.some((name) => error.replace(/\s+/g, " ").includes(name));

/** What Terraform says against the provider: it ended, or broke the protocol. */
const isBroken = (error: string, { disruption }: Trial) =>
  /Provider produced|invalid result object/.test(error) ||
  (/Plugin did not respond|plugin crashed|failed to (?:instantiate|start)/i.test(error) &&
    !["kill-provider", "full-disk", "interrupt"].includes(disruption.kind));

/** What Terraform says of itself when it is interrupted, or has no place to write to. */
const isTerraformsOwn = (error: string, { disruption }: Trial) =>
  disruption.kind === "full-disk" ||
  (disruption.kind === "kill-provider" && /plugin|provider|rpc error|EOF/i.test(error)) ||
  (disruption.kind === "interrupt" &&
    /operation (?:was )?cancell?ed|interrupt|execution halted|plugin|provider/i.test(error));

/**
 * An alert definition or a member that was made by a run which could no longer note it: nobody can tell it from one that was made
 * by hand, so the next run takes it over, says that it will not delete it, and leaves it, a definition with its levels.
 */
function isGivenBack(left: string, output: string, { disruption }: Trial): boolean {
  if (!["kill-provider", "kill-terraform", "interrupt", "full-disk"].includes(disruption.kind)) return false;
  const types = messagesIn(output).flatMap((text) => {
    const said = text.replace(/\s+/g, " ");
    const isTaken = said.includes("was already there") && said.includes("a destroy gives it back as it was found");
    return isTaken ? (/ with (outbound_\w+)\./.exec(said)?.[1] ?? []) : [];
  });
  const withLevels = types.includes(DEFINITION) ? [...types, "outbound_uptrends_escalation_level"] : types;
  return withLevels.some((type) => left.includes(`"type":"${type}"`));
}

const DEFINITION = "outbound_uptrends_alert_definition";

const changesIn = (output: string) => output.slice(Math.max(0, output.indexOf("Terraform will perform")));

function secretsIn(secret: string, { written, logins }: Observed): readonly string[] {
  const isDistinctive = (SECRETS.distinctive as readonly string[]).includes(secret);
  const found = leaks(written, isDistinctive ? [secret, ...logins] : logins);
  return !isDistinctive && standsAsValue(written, secret) ? [...found, `${secret} stands as a value`] : found;
}
