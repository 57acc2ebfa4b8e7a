import type * as z from "../../core/zod";
import { ProblemError, type Problem } from "../../core/problem";
import { path as urlPath } from "../../http/url";
import type { RestApi } from "../kit/rest-api";
import { nearestWord } from "../../validators";
import { group, policy, user } from "./contract";
import { ambiguousName, unknownName, type Reference } from "./errors";
import { listAll } from "./paging";

/** The kinds of objects that AlertOps refers to by name. Its search is fuzzy, so the client filters for the exact match. */
const KINDS = {
  group: { collection: "groups", item: group, field: "group_name" },
  user: { collection: "users", item: user, field: "user_name" },
  "escalation policy": { collection: "escalation_policies", item: policy, field: "escalation_policy_name" },
} as const;

export type NamedKind = keyof typeof KINDS;
export interface NameReference extends Reference {
  readonly what: NamedKind;
}

const MOST_CANDIDATES = 10;

/** Looks names up, each once per run. */
export class Names {
  private readonly found = new Map<string, Promise<readonly string[]>>();

  constructor(private readonly api: RestApi) {}

  /** The problems of the references; none when each name exists exactly once. */
  async problems(references: readonly NameReference[], signal: AbortSignal): Promise<Problem[]> {
    const checked = await Promise.all(references.map((reference) => this.problem(reference, signal)));
    return checked.filter((problem) => problem !== undefined);
  }

  /** @throws ProblemError `alertops/unknown-name` listing the candidates, `alertops/ambiguous-name` */
  async check(references: readonly NameReference[], signal: AbortSignal): Promise<void> {
    const problems = await this.problems(references, signal);
    if (problems.length > 0) throw new ProblemError(...problems);
  }

  private async problem(reference: NameReference, signal: AbortSignal): Promise<Problem | undefined> {
    const { what, name } = reference;
    const near = await this.search(what, name, signal);
    const exact = near.filter((candidate) => candidate === name).length;
    if (exact === 1) return undefined;
    if (exact > 1) return ambiguousName(reference, exact);
    // Nothing similar was found: read all names, for a suggestion.
    const candidates = near.length > 0 ? near : await this.search(what, undefined, signal);
    return unknownName(reference, candidates.slice(0, MOST_CANDIDATES), nearestWord(name, candidates));
  }

  private search(what: NamedKind, search: string | undefined, signal: AbortSignal): Promise<readonly string[]> {
    const key = `${what} ${search ?? ""}`;
    const { collection, item, field } = KINDS[what];
    const known = this.found.get(key);
    if (known !== undefined) return known;
    const names = listAll(this.api, {
      doing: `look up the ${what} ${search === undefined ? "names" : JSON.stringify(search)}`,
      path: urlPath`/api/v2/${collection}`,
      query: { search },
      item: item as z.ZodMiniType<Record<string, unknown>>,
      // A mistyped name needs similar ones, not thousands.
      enough: 500,
      signal,
    }).then((items) => items.map((one) => one[field] as string));
    // A failed look-up is not kept, nor is the absence of a name, which may be created during the run.
    names.then(
      (all) => search !== undefined && !all.includes(search) && this.found.delete(key),
      () => this.found.delete(key),
    );
    this.found.set(key, names);
    return names;
  }
}
