import { ProblemError, type Problem } from "../../core/problem";
import type { ObjectOwnership } from "../../terraform-plugin/ownership/address";
import type { Standing } from "../../terraform-plugin/ownership/standing";
import { adopted, adoptedWithChanges, ambiguous, appearedMeanwhile, conflict } from "./problems";
import { CallError } from "./rest-api";
import type { ObjectWords } from "./words";

/** How a resource creates its object, and what it does with one that is there already. */
export interface Creation<T> {
  readonly words: ObjectWords;
  /** What people call the object. */
  readonly name: string;
  readonly idOf: (item: T) => string;
  /** Those that have the declared identity, as they are now. */
  readonly existing: () => Promise<readonly T[]>;
  /** How one differs from what is declared, for people. Secrets cannot be seen and are left aside. */
  readonly differences: (item: T) => readonly string[];
  /** The attribute `adopt_existing`: takes over a different one, too. @default false */
  readonly adoptExisting?: boolean;
  /** A last sentence of the conflict's advice, where the system cannot tell whose an object is. */
  readonly doubt?: string;
  /** Makes a new one; only called when there is none to take over. */
  readonly create: () => Promise<T>;
  /**
   * What has the identity of one that was just made, and is another one, as far as the system tells by now. Left out where
   * there cannot be two of it, or where `create` looks itself.
   */
  readonly besides?: (made: T) => Promise<readonly T[]>;
  /**
   * Makes one that was there as declared. Also called when nothing seems to differ: secrets may.
   *
   * @param origin whose it was
   */
  readonly write: (item: T, differences: readonly string[], origin: TakenFrom) => Promise<T>;
  /** Records the object in the state, as soon as it is this resource's. */
  readonly save: (item: T) => void;
}

/** `stranger`: no address of this state had it. `address`: another one that goes away. `itself`: the one being replaced. */
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
 * Takes over the object that is there, or creates one: the one way in which resources of all systems come by an object.
 *
 * What an address of this state keeps is never taken. What passes from an address that goes away is taken and made as
 * declared. What nobody in the state manages is adopted when it is equal, and refused when it differs.
 *
 * @throws ProblemError `terraform/owned-by-another-address` and its relatives, `…/already-exists`, `…/ambiguous`
 */
export async function createOrTakeOver<T>(creation: Creation<T>, context: AdoptionContext): Promise<T> {
  const candidates = (await judged(creation, context)).filter(({ standing }) => standing.kind !== "gone");
  const ours = best(candidates, "passing") ?? reusable(candidates, context.ownership.twins);
  if (ours !== undefined) return taken(ours, ours.standing.kind === "own" ? "itself" : "address", creation, context);

  const refused = candidates.find(({ standing }) => standsInTheWay(standing, context.ownership.twins));
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
  await tellOthers(made, candidates, creation, context);
  return made;
}

/** Somebody may have made the same after the look at what was there: then there are two, and both do their work. */
async function tellOthers<T>(
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

/** A system may write one of its ids in either case. */
const key = (id: string): string => id.toLowerCase();

/**
 * Where twins are allowed for all that is documented, and the system refuses a second one all the same: its own old object
 * is made anew in place, and what another address has is named beside the refusal.
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

/** How systems say that a name is taken; they may mean something else, which writing to the old object then shows. */
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

/** Of several, one that is as declared. */
function best<T>(candidates: readonly Candidate<T>[], kind: Standing["kind"]): Candidate<T> | undefined {
  const such = candidates.filter(({ standing }) => standing.kind === kind);
  return such.find(({ differences }) => differences.length === 0) ?? such[0];
}

/** Its own old object, where there cannot be a second one, or where nobody will remove the old one. */
function reusable<T>(candidates: readonly Candidate<T>[], twins: boolean): Candidate<T> | undefined {
  return candidates.find(({ standing }) => standing.kind === "own" && (!twins || standing.forgotten));
}

function standsInTheWay({ kind }: Standing, twins: boolean): boolean {
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
