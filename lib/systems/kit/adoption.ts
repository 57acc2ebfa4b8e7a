import { ProblemError, type Problem } from "../../core/problem";
import type { ObjectOwnership } from "../../terraform-plugin/ownership/address";
import type { Standing } from "../../terraform-plugin/ownership/standing";
import { adopted, adoptedWithChanges, ambiguous, appearedMeanwhile, conflict } from "./problems";
import { CallError } from "./rest-api";
import type { ObjectWords } from "./words";

/** How a resource creates its object, and what it does with an existing one. */
export interface Creation<T> {
  readonly words: ObjectWords;
  /** The name that people use. */
  readonly name: string;
  readonly idOf: (item: T) => string;
  /** Reads the objects that have the declared identity, in their present state. */
  readonly existing: () => Promise<readonly T[]>;
  /** The differences between an object and the declaration, for people. Secrets are invisible and left out. */
  readonly differences: (item: T) => readonly string[];
  /** The attribute `adopt_existing`: whether to take over a different object, too. @default false */
  readonly adoptExisting?: boolean;
  /** A last sentence of the conflict's advice, where the system cannot show whose an object is. */
  readonly doubt?: string;
  /** Creates an object; only called when there is none to take over. */
  readonly create: () => Promise<T>;
  /**
   * Finds other objects with the identity of a new one, as far as the system shows them by now. Omitted where there cannot
   * be two, or where `create` checks itself.
   */
  readonly besides?: (made: T) => Promise<readonly T[]>;
  /**
   * Changes an existing object to the declaration. Also called when nothing seems to differ: secrets may.
   *
   * @param origin whose it was
   */
  readonly write: (item: T, differences: readonly string[], origin: TakenFrom) => Promise<T>;
  /** Records the object in the state, as soon as it belongs to this resource. */
  readonly save: (item: T) => void;
}

/**
 * The former owner. `stranger`: no address of this state. `address`: another one that is removed. `itself`: the one being
 * replaced.
 */
export type TakenFrom = "stranger" | "address" | "itself";

export interface AdoptionContext {
  readonly ownership: ObjectOwnership;
  report(problem: Problem): void;
}

interface Candidate<T> {
  readonly item: T;
  readonly id: string;
  readonly standing: Standing;
  readonly differences: readonly string[];
}

/**
 * Takes over the existing object, or creates one. Resources of all systems acquire objects only here. An object that an
 * address of this state keeps is never taken. One whose address is removed is taken and changed to the declaration. One that
 * nobody in the state manages is adopted when it is equal, and refused when it differs.
 *
 * @throws ProblemError `terraform/owned-by-another-address` and its relatives, `…/already-exists`, `…/ambiguous`
 */
export async function createOrTakeOver<T>(creation: Creation<T>, context: AdoptionContext): Promise<T> {
  const candidates = (await judged(creation, context)).filter(({ standing }) => standing.kind !== "gone");
  const ours = best(candidates, "passing") ?? reusable(candidates, context.ownership.twins);
  if (ours !== undefined) return taken(ours, ours.standing.kind === "own" ? "itself" : "address", creation, context);

  const refused = candidates.find(({ standing }) => blocks(standing, context.ownership.twins));
  if (refused !== undefined) throw new ProblemError(context.ownership.refusal(refused.id, refused.standing));

  const free = candidates.filter(({ standing }) => standing.kind === "free");
  if (free.length > 0) return adoptedFrom(free, creation, context);
  let made: T;
  try {
    made = await creation.create();
    creation.save(made);
  } catch (error) {
    return despiteRefusal(error, candidates, creation, context);
  }
  await warnOfOthers(made, candidates, creation, context);
  return made;
}

/** Warns of a second object that somebody else has created since the check: both of them are then active. */
async function warnOfOthers<T>(
  made: T,
  candidates: readonly Candidate<T>[],
  { words, name, idOf, besides }: Creation<T>,
  { report }: AdoptionContext,
): Promise<void> {
  if (besides === undefined) return;
  const known = new Set([idOf(made), ...candidates.map(({ id }) => id)].map(key));
  const others = (await besides(made)).map(idOf).filter((id) => !known.has(key(id)));
  if (others.length > 0) report(appearedMeanwhile(words, { name, id: idOf(made) }, others));
}

/** Ids are compared without case: a system may write the same id in either. */
const key = (id: string): string => id.toLowerCase();

/**
 * Handles a refused creation where twins are allowed by the documentation, but not by the system: the resource's own old
 * object is rewritten in place, and an object of another address is named beside the refusal.
 */
async function despiteRefusal<T>(
  error: unknown,
  candidates: readonly Candidate<T>[],
  creation: Creation<T>,
  context: AdoptionContext,
): Promise<T> {
  if (!(error instanceof CallError) || !REFUSED.has(error.status)) throw error;
  const old = best(candidates, "own");
  if (old !== undefined) return taken(old, "itself", creation, context);
  const [other] = candidates;
  if (other === undefined) throw error;
  throw new ProblemError(...error.problems, context.ownership.refusal(other.id, other.standing));
}

/**
 * The statuses by which systems say that a name is taken; they may mean something else, which writing to the old object then
 * shows.
 */
const REFUSED: ReadonlySet<number | undefined> = new Set([400, 403, 409, 422]);

async function judged<T>(creation: Creation<T>, { ownership }: AdoptionContext): Promise<Candidate<T>[]> {
  const existing = await creation.existing();
  return Promise.all(
    existing.map(async (item) => {
      const id = creation.idOf(item);
      return { item, id, standing: await ownership.standing(id), differences: creation.differences(item) };
    }),
  );
}

/** Prefers an object that equals the declaration. */
function best<T>(candidates: readonly Candidate<T>[], kind: Standing["kind"]): Candidate<T> | undefined {
  const such = candidates.filter(({ standing }) => standing.kind === kind);
  return such.find(({ differences }) => differences.length === 0) ?? such[0];
}

/** The resource's own old object, where there cannot be a second one, or where nobody will remove the old one. */
function reusable<T>(candidates: readonly Candidate<T>[], twins: boolean): Candidate<T> | undefined {
  return candidates.find(({ standing }) => standing.kind === "own" && (!twins || standing.forgotten));
}

function blocks({ kind }: Standing, twins: boolean): boolean {
  if (kind === "unknowable") return true;
  return !twins && (kind === "kept" || kind === "taken" || kind === "renaming");
}

async function adoptedFrom<T>(
  free: readonly Candidate<T>[],
  creation: Creation<T>,
  context: AdoptionContext,
): Promise<T> {
  const { words, name } = creation;
  const [equal, ...twins] = free.filter(({ differences }) => differences.length === 0);
  if (equal !== undefined) {
    const others = twins.map(({ id }) => id);
    const item = await taken(equal, "stranger", creation, context);
    context.report(adopted(words, { name, id: equal.id }, others));
    return item;
  }
  const [only, ...others] = free as [Candidate<T>, ...Candidate<T>[]];
  if (others.length > 0) {
    const ids = free.map(({ id }) => id);
    throw new ProblemError(ambiguous(words, { name }, ids));
  }
  const { id, differences } = only;
  if (creation.adoptExisting !== true) {
    throw new ProblemError(conflict(words, { name, id }, differences, creation.doubt));
  }
  const item = await taken(only, "stranger", creation, context);
  context.report(adoptedWithChanges(words, { name, id }, differences));
  return item;
}

async function taken<T>(
  { item, id, differences }: Candidate<T>,
  origin: TakenFrom,
  creation: Creation<T>,
  { ownership }: AdoptionContext,
): Promise<T> {
  await ownership.take(id);
  creation.save(item);
  return creation.write(item, differences, origin);
}
