import { ProblemError } from "../../core/problem";
import { ownComments, type Forge, type JobForge, type MergedRequest } from "../../forge";
import {
  contradicted,
  contradictingReviews,
  markOf,
  readReviewed,
  readReviewedFleet,
  reviewOfAnotherCommit,
  reviewOfUncommitted,
  reviewOfUnknown,
  type ReviewKey,
} from "../../review";
import type { Surroundings } from "../surroundings";
import type { Agreed } from "./agreed";

/** What is to be applied, and the key of its comment. */
export interface Wanted {
  readonly key: ReviewKey;
  /** The stack, or the selection as text. */
  readonly name: string;
}

/**
 * The review that was agreed to when the commit of this job was merged; undefined when there is none.
 *
 * @param given a review that replaces the comment
 * @throws ProblemError `review/unknown-changes`, `review/uncommitted`, `review/another-commit`, `review/contradicting`
 */
export async function mergedReview(
  { forge, commit }: JobForge,
  wanted: Wanted,
  given: Agreed | undefined,
  { err, interrupted }: Surroundings,
): Promise<Agreed | undefined> {
  const request = await forge.mergedBy(commit(), interrupted);
  const reviewed =
    request === undefined ? undefined : (given ?? (await commented(forge, request, wanted.key, interrupted)));
  if (request === undefined || reviewed === undefined) {
    err(`${wanted.name}: no review belongs to this commit`);
    return undefined;
  }
  // The forge knows which request brought the commit onto the branch: after a squash or a rebase, its head is on no
  // branch.
  const { commit: of = null, uncommitted } = reviewed;
  if (uncommitted === null) throw new ProblemError(reviewOfUnknown(of));
  if (uncommitted === true) throw new ProblemError(reviewOfUncommitted(of));
  if (reviewed.commit !== request.head) {
    throw new ProblemError(reviewOfAnotherCommit(forge.request, reviewed.commit ?? null, request.head));
  }
  err(`${wanted.name}: reviewed in ${forge.request} ${request.number}, at ${request.head}`);
  return reviewed;
}

async function commented(
  forge: Forge,
  { number }: MergedRequest,
  key: ReviewKey,
  signal: AbortSignal,
): Promise<Agreed | undefined> {
  const comments = (await ownComments(forge, number, signal)).flatMap(({ body }) => {
    const mark = markOf(body);
    return mark === undefined ? [] : [{ body, mark }];
  });
  const found = comments.find(({ mark }) => mark.key === key);
  if (found === undefined) return undefined;
  const where = `the comment of ${forge.request} ${number}`;
  const reviewed = readReviewedFleet(found.body, where) ?? readReviewed(found.body, where);
  // A stack may be in its own comment and in that of a fleet: it would be unclear which of two plans was agreed to.
  const others = comments.filter((one) => one !== found).map(({ mark }) => mark);
  const twice = contradicted(found.mark, others);
  if (twice.length > 0) throw new ProblemError(contradictingReviews(forge.request, twice, found.mark.commit));
  return reviewed;
}
