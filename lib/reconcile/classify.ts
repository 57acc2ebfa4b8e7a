import { testEmailSchema } from "../mail";
import type { Plan, Rename, ResourceChange, Values } from "../plan";
import { kindOf } from "../systems/kinds";
import type { Difference, Entry } from "./detection";

/** Types that are replaced by whatever they watch: they have no drift of their own. */
export const FOLLOWERS: ReadonlySet<string> = new Set(["null_resource", "terraform_data", testEmailSchema.type]);

export interface Classified {
  readonly entries: readonly Entry[];
  readonly followUps: readonly string[];
}

/**
 * Sorts what a stack declares into buckets. Outputs and data sources cannot drift, nor does a change of what nobody can
 * declare (a computed value) count: only where an apply would act is there something to repair.
 *
 * @param unknowable why a resource type cannot be read: systems without an API
 */
export function classify(
  plan: Pick<Plan, "resources" | "drift" | "renames">,
  unknowable: ReadonlyMap<string, string>,
): Classified {
  const drift = new Map(plan.drift.map((change) => [change.address, change]));
  const { followers, others } = split(plan.resources);
  const renames = plan.renames.renames.filter(({ how }) => how !== "shifted");
  const entries = others.map((change) => {
    const rename = renames.find(({ from, to }) => change.address === from || change.address === to);
    return entryOf(change, drift.get(change.address), unknowable, rename);
  });
  const restless = followers.filter((change) => change.verb !== "none" && !isOnlyOld(change));
  const caused = entries.some(({ bucket }) => bucket !== "in-sync" && bucket !== "unknown");
  // When nothing else changes, a test mail that has to be sent is itself what is not deployed.
  if (caused) return { entries, followUps: restless.map(({ address }) => address) };
  return { entries: [...entries, ...restless.map((change) => entryOf(change, undefined, unknowable))], followUps: [] };
}

/** Whether a test mail runs again only because the last one is old (`rerun_after`): nothing differs from the code. */
const isOnlyOld = ({ type, verb, replacedBy }: ResourceChange): boolean =>
  type === testEmailSchema.type && verb === "replace" && replacedBy.length === 1 && replacedBy[0] === "tested_at";

function split(resources: readonly ResourceChange[]) {
  const followers = resources.filter(({ type }) => FOLLOWERS.has(type));
  return { followers, others: resources.filter(({ type }) => !FOLLOWERS.has(type)) };
}

function entryOf(
  change: ResourceChange,
  drift: ResourceChange | undefined,
  unknowable: ReadonlyMap<string, string>,
  rename?: Rename,
): Entry {
  const { address, type, verb, deposed, importId } = change;
  const held = drift?.before ?? change.before ?? null;
  const about = {
    type,
    kind: kindOf(type),
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    ...idOf(held, importId),
    ...nameOf(held ?? change.after),
  };
  const reason = unknowable.get(type);
  if (rename !== undefined) return { bucket: "drifted", ...about, cause: "code", reason: movedReason(rename, address) };
  switch (verb) {
    case "none":
    case "move":
    case "read":
      if (reason !== undefined) return { bucket: "unknown", ...about, reason };
      return { bucket: "in-sync", ...about };
    case "create":
      return drift?.verb === "delete"
        ? { bucket: "missing", ...about, cause: "outside", reason: "it no longer exists in the system" }
        : { bucket: "missing", ...about, cause: "code", reason: "declared, but not deployed yet" };
    case "import":
      return {
        bucket: "unmanaged",
        ...about,
        cause: "code",
        reason: "declared with an import that is not deployed yet",
      };
    case "delete":
      return { bucket: "unmanaged", ...about, cause: "code", reason: `no longer declared: ${WHAT_DELETES}` };
    case "forget":
      return {
        bucket: "unmanaged",
        ...about,
        cause: "code",
        reason: "no longer declared; the next deployment lets it go without deleting it",
      };
    default:
      return drift === undefined
        ? {
            bucket: "drifted",
            ...about,
            cause: "code",
            // Terraform does not record what was declared: a deployment that was interrupted leaves the same traces.
            reason: `not deployed: ${declaredChanges(change).join(", ") || verb}; the code is newer, or a deployment or repair did not end`,
          }
        : { bucket: "drifted", ...about, cause: "outside", differences: differencesOf(drift) };
  }
}

/** The object exists and is declared once: only its address has changed. */
function movedReason({ from, to, doubts }: Rename, address: string): string {
  const same = doubts.length === 0 ? "the same object" : "probably the same object";
  return `${same} as ${address === from ? `${to}, which is declared now` : `${from}, which was deployed`}: a \`moved\` block says so`;
}

const WHAT_DELETES =
  "the next deployment deletes it, unless a `removed` block with `lifecycle { destroy = false }` lets it go";

/** What only the apply will know is a consequence, not a change. */
const declaredChanges = ({ changed, unknown }: ResourceChange) => changed.filter((name) => !unknown.includes(name));

function differencesOf({ changed, before, after }: ResourceChange): Difference[] {
  return changed.map((attribute) => ({
    attribute,
    was: JSON.stringify(before?.[attribute] ?? null),
    is: JSON.stringify(after?.[attribute] ?? null),
  }));
}

function idOf(values: Values | null, importId: string | undefined): { id?: string } {
  const id = importId ?? values?.["id"];
  return typeof id === "string" ? { id } : {};
}

function nameOf(values: Values | null): { name?: string } {
  const name = values?.["name"] ?? values?.["description"];
  return typeof name === "string" && name !== "" ? { name } : {};
}
