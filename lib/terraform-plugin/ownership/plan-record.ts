import { mayBeSame } from "./identity";
import { spokenOfAs, type IdentityKey, type LedgerRecord, type Notes, type OwnedObject } from "./record";

/** What the plan of a run decides about an object of the state. */
export interface PlannedObject {
  readonly object: OwnedObject;
  /**
   * Whether the plan asked the outside system about its address. If not, it was only upgraded: a `removed` block, or a plan
   * without refresh.
   */
  read: boolean;
  /** One for each address that has it. None although it was read: tainted. */
  readonly verdicts: PlannedFate[];
}

export interface PlannedFate {
  readonly kind: "keep" | "replace" | "destroy";
  readonly was: IdentityKey;
  readonly key: IdentityKey | null;
  readonly notes: Notes;
  /** The resource type of the address. */
  readonly declaredAs: string;
}

export interface PlannedCreate extends Omit<OwnedObject, "id"> {
  readonly key: IdentityKey;
}

/** The record of what the plan walk of a run has seen and planned: all that an apply may know of other addresses. */
export class PlanRecord {
  private readonly objects = new Map<string, PlannedObject[]>();
  readonly creates: PlannedCreate[] = [];
  /** Whether it has asked the systems; false with `-refresh=false`. */
  refreshed = false;

  /**
   * The plan of an object; undefined when the plan does not know it. An object whose realm is unknown may be any with its
   * id.
   */
  find({ realm, type, id }: OwnedObject): PlannedObject | undefined {
    return this.objects
      .get(`${type} ${id}`)
      ?.find((one) => one.object.realm === realm || one.object.realm === null || realm === null);
  }

  creating({ realm, type, key }: PlannedCreate): PlannedCreate | undefined {
    return this.creates.find(
      (one) => one.type === type && (one.realm === realm || one.realm === null) && mayBeSame(one.key, key),
    );
  }

  /** The objects that have this identity now and are removed. */
  leaving(create: PlannedCreate): { readonly object: OwnedObject; readonly notes: Notes }[] {
    return this.having(create)
      .filter(({ verdicts }) => verdicts.every(({ kind }) => kind !== "keep"))
      .map(({ object, verdicts }) => ({ object, notes: verdicts[0]!.notes }));
  }

  /**
   * The objects that have this identity now and give it up in this run, and the identity that each gets instead; null for
   * none.
   */
  givingUp(create: PlannedCreate): { readonly object: OwnedObject; readonly key: IdentityKey | null }[] {
    return this.having(create)
      .filter(({ verdicts }) => verdicts.every(({ key }) => key === null || !mayBeSame(key, create.key)))
      .map(({ object, verdicts }) => ({ object, key: verdicts[0]!.key }));
  }

  /** The planned objects that have this identity now, with at least one verdict. */
  private having({ realm, type, key }: PlannedCreate): PlannedObject[] {
    return [...this.objects.values()]
      .flat()
      .filter(({ object, verdicts }) => object.type === type && object.realm === realm && verdicts.length > 0)
      .filter(({ verdicts }) => mayBeSame(verdicts[0]!.was, key));
  }

  add(record: LedgerRecord): void {
    switch (record.event) {
      case "owned":
        this.object(record.object);
        return;
      case "read":
        this.refreshed = true;
        this.object(record.object).read = true;
        return;
      case "vanished":
        this.refreshed = true;
        this.remove(record.object);
        return;
      case "keep":
      case "destroy":
      case "replace": {
        const { verdicts } = this.object(record.object);
        // Terraform plans a replacement twice: first as a change, then as a creation.
        const asChange = record.event === "replace" ? verdicts.findIndex(({ kind }) => kind === "keep") : -1;
        if (asChange >= 0) verdicts.splice(asChange, 1);
        const { was, key, notes } = record;
        verdicts.push({ kind: record.event, was, key, notes, declaredAs: spokenOfAs(record.object) });
        // A replacement with another identity is a creation that others may wait for.
        if (record.event === "replace" && !mayBeSame(was, key ?? [])) {
          const { id: _, ...where } = record.object;
          this.creates.push({ ...where, key: key ?? [] });
        }
        return;
      }
      case "create":
        this.creates.push(record);
        return;
      default:
        return;
    }
  }

  private object(object: OwnedObject): PlannedObject {
    const name = `${object.type} ${object.id}`;
    const same = this.objects.get(name) ?? [];
    this.objects.set(name, same);
    const known = same.find((one) => one.object.realm === object.realm);
    if (known !== undefined) return known;
    const made: PlannedObject = { object, read: false, verdicts: [] };
    same.push(made);
    return made;
  }

  private remove({ realm, type, id }: OwnedObject): void {
    const name = `${type} ${id}`;
    const others = (this.objects.get(name) ?? []).filter(({ object }) => object.realm !== realm);
    this.objects.set(name, others);
  }
}

interface Process {
  readonly name: string;
  readonly startedAt: number;
  readonly pid: number;
  endedAt: number;
  applied: boolean;
  readonly records: LedgerRecord[];
  readonly objects: Set<string>;
}

export interface PlanFound {
  readonly plan: PlanRecord;
  /** How many records of the run are no later than the plan: earlier applies belong to another plan. */
  readonly until: number;
}

/**
 * Finds the plan that an apply of this run carries out, from the records of all its processes: that of the processes which
 * had ended before `self` began. Undefined when there is none, as in the apply of a saved plan. A later walk over the same
 * state replaces earlier ones: `terraform destroy` plans twice, the first time as if all stays.
 */
export function planOf(
  records: readonly LedgerRecord[],
  self: string | undefined,
  isGone: (pid: number) => boolean,
): PlanFound | undefined {
  const processes = processesOf(records, isGone);
  const begun = processes.get(self ?? "")?.startedAt ?? records.length;
  let walks: Process[] = [];
  const applies: Process[] = [];
  for (const process of [...processes.values()].sort((a, b) => a.startedAt - b.startedAt)) {
    if (process.name === self || process.endedAt > begun) continue;
    if (process.applied) {
      applies.push(process);
      continue;
    }
    if (process.records.length === 0) continue;
    // A plan that was applied before this walk is over: `terraform test` plans and applies many times in one run.
    walks = walks.filter(
      (walk) => !applies.some((apply) => walk.endedAt < apply.startedAt && apply.endedAt < process.startedAt),
    );
    const earlier = walks.filter((walk) => walk.endedAt < process.startedAt);
    const again = earlier.some((walk) => [...process.objects].some((object) => walk.objects.has(object)));
    walks = again ? [...walks.filter((walk) => !earlier.includes(walk)), process] : [...walks, process];
  }
  if (walks.length === 0) return undefined;
  const plan = new PlanRecord();
  for (const walk of walks) for (const record of walk.records) plan.add(record);
  return { plan, until: Math.max(...walks.map(({ endedAt }) => Math.min(endedAt, begun))) };
}

const PLANNING: ReadonlySet<string> = new Set(["owned", "read", "vanished", "keep", "replace", "destroy", "create"]);

function processesOf(records: readonly LedgerRecord[], isGone: (pid: number) => boolean): Map<string, Process> {
  const processes = new Map<string, Process>();
  records.forEach((record, index) => {
    if (record.event === "start") {
      processes.set(record.by, {
        name: record.by,
        startedAt: index,
        pid: record.pid,
        endedAt: Infinity,
        applied: false,
        records: [],
        objects: new Set(),
      });
      return;
    }
    const process = processes.get(record.by);
    if (process === undefined) return;
    if (record.event === "end") process.endedAt = index;
    else if (record.event === "applying") process.applied = true;
    else if (PLANNING.has(record.event)) {
      process.records.push(record);
      if ("object" in record) process.objects.add(`${record.object.type} ${record.object.id}`);
    }
  });
  for (const process of processes.values()) {
    // A killed process records no end; its last record is the latest time at which it can have ended.
    if (process.endedAt === Infinity && isGone(process.pid)) process.endedAt = lastOf(records, process.name);
  }
  return processes;
}

function lastOf(records: readonly LedgerRecord[], name: string): number {
  for (let index = records.length - 1; index >= 0; index--) if (records[index]!.by === name) return index;
  return 0;
}
