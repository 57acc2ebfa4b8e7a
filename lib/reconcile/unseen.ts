import { withoutWarnings, type Plan, type PlanError, type RunTerraform, type Stack } from "../plan";
import { stateValuesContract, type StateModule } from "../plan/contract";
import { OBJECT } from "../terraform-plugin/diagnostics";
import { kindOf, systemOf } from "../systems/kinds";
import { FOLLOWERS } from "./classify";
import type { Entry } from "./detection";
import type { StackConfig } from "./stack-config";

/** The parts of a plan that describe readable objects. */
export type VisiblePlan = Pick<Plan, "resources" | "drift" | "renames">;

/** What the state and the code have and could not be planned: unknown, each with its reason. */
export async function unseenEntries(
  { name, directory }: Stack,
  { resources }: VisiblePlan,
  errors: readonly PlanError[],
  { declared }: Pick<StackConfig, "declared">,
  run: RunTerraform,
): Promise<Entry[]> {
  const seen = new Set(resources.flatMap(({ address, previousAddress = address }) => [address, previousAddress]));
  const seenBlocks = new Set([...seen].map(blockOf));
  const inState = await readState(directory, run);
  const blocksInState = new Set(inState.map(({ address }) => blockOf(address)));
  const all = [
    ...inState.filter(({ address }) => !seen.has(address)),
    ...declared.filter(({ address }) => !seenBlocks.has(address) && !blocksInState.has(address)),
  ];
  const whole: Entry = { bucket: "unknown", type: "", kind: "stack", name, reason: reasonOf("", "", errors) };
  if (all.length === 0) return resources.length === 0 ? [whole] : [];
  return all
    .filter(({ type }) => !FOLLOWERS.has(type))
    .map(({ type, ...about }): Entry => {
      return { bucket: "unknown", type, kind: kindOf(type), ...about, reason: reasonOf(about.address, type, errors) };
    });
}

/** The addresses that are blocked by others: their own system has answered, or was not asked. */
export function blockedBySystems(unseen: readonly Entry[], errors: readonly PlanError[]): string[] {
  if (errors.every(({ address }) => address === undefined)) return [];
  return unseen.flatMap(({ address, type }) => {
    return address === undefined || ofTheSameSystem(type, errors).length > 0 ? [] : [address];
  });
}

/**
 * The reason for an entry: the same for all objects of a system that fail with the same problem, so that it is
 * recognised as one.
 */
function reasonOf(address: string, type: string, errors: readonly PlanError[]): string {
  const here = ofTheSameSystem(type, errors);
  const own = errors.find((error) => error.address === address);
  if (own !== undefined) return words(here.find((other) => codeOf(other) === codeOf(own)) ?? own);
  const [first] = here;
  if (first !== undefined) return words(first);
  const general = errors.find((error) => error.address === undefined);
  if (general !== undefined) return words(general);
  const cause = errors[0]?.address;
  return cause === undefined
    ? "Terraform did not plan it"
    : `it refers to ${cause} or what is made with it, and that is unknown`;
}

function ofTheSameSystem(type: string, errors: readonly PlanError[]): PlanError[] {
  const system = systemOf(type);
  return system === undefined ? [] : errors.filter(({ address }) => systemOf(typeOf(address)) === system);
}

/** Without the object's name: the reason is shared by all objects that have it. */
const words = ({ summary, detail }: PlanError) => {
  const reason = detail.startsWith(OBJECT) ? detail.slice(detail.indexOf("\n") + 1) : detail;
  return `${summary}${reason === "" ? "" : `: ${reason}`}`.replace(/\s+/g, " ");
};

/** `http/status-503`: problems of this package end with their code. */
const codeOf = ({ summary, detail }: PlanError) => /\(([a-z-]+\/[\w-]+)\)$/.exec(detail.trimEnd())?.[1] ?? summary;

/** The type of an address, without its modules. */
const typeOf = (address = "") => address.replace(/^(?:module\.[^.]+\.)+/, "").split(".")[0]!;

const blockOf = (address: string) => address.split("[", 1)[0]!;

interface Held {
  readonly type: string;
  readonly address: string;
  readonly id?: string;
}

async function readState(directory: string, run: RunTerraform): Promise<Held[]> {
  const { exitCode, stdout } = await run(["show", "-json", "-no-color"], directory);
  if (exitCode !== 0) return [];
  const { values } = JSON.parse(withoutWarnings(stdout)) as { values?: unknown };
  return inModule(values === undefined ? undefined : stateValuesContract.parse(values).root_module);
}

function inModule(module: StateModule | undefined): Held[] {
  const own = (module?.resources ?? [])
    .filter(({ mode }) => mode === "managed")
    .map(({ type, address, values }) => {
      const id = values?.["id"];
      return { type, address, ...(typeof id === "string" ? { id } : {}) };
    });
  return [...own, ...(module?.child_modules ?? []).flatMap(inModule)];
}
