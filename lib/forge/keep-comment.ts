import { ProblemError } from "../core/problem";
import { HttpError } from "../http";
import { fit } from "./fit";
import type { Comment, Forge } from "./forge";

export interface CommentRequest {
  /** The pull or merge request. */
  readonly number: number;
  readonly body: string;
  /** Whether a comment is the one to keep, by its hidden marker. */
  readonly isSame: (body: string) => boolean;
  /** False: one that is there is updated, none is written. @default true */
  readonly mayCreate?: boolean;
  /** Where the whole text is, for a body that is cut. */
  readonly whole?: string | undefined;
  /** Looks, and says what would be done. @default false */
  readonly dryRun?: boolean;
}

export type Kept = "wrote" | "updated" | "unchanged" | "left out";

/** Keeps one comment with this marker: updates the one that is there, else writes it. */
export async function keepComment(forge: Forge, request: CommentRequest, signal: AbortSignal): Promise<Kept> {
  const { number, isSame, mayCreate = true, dryRun = false } = request;
  const existing = await findComment(forge, number, isSame, signal);
  if (existing === undefined && !mayCreate) return "left out";
  const write = async (body: string): Promise<Kept> => {
    if (existing?.body === body) return "unchanged";
    if (dryRun) return existing === undefined ? "wrote" : "updated";
    if (existing === undefined) return create(forge, request, body, signal);
    await forge.update(number, existing.id, body, signal);
    return "updated";
  };
  try {
    return await write(fit(request.body, forge.longest, request.whole));
  } catch (error) {
    // An installation of one's own may allow less.
    if (!isTooLong(error)) throw error;
    return write(fit(request.body, Math.floor(Math.min(request.body.length, forge.longest) / 2), request.whole));
  }
}

/** The comment by the pipeline's own account: a hash in anybody else's must not be taken for a review. */
export async function findComment(
  forge: Forge,
  number: number,
  isSame: (body: string) => boolean,
  signal: AbortSignal,
): Promise<Comment | undefined> {
  const author = await forge.author(signal);
  const all = await forge.comments(number, signal);
  return all.find((one) => one.author === author && isSame(one.body));
}

/** When no answer says whether it was written, looks, and writes it once more only when it is not there. */
async function create(
  forge: Forge,
  { number, isSame }: CommentRequest,
  body: string,
  signal: AbortSignal,
): Promise<Kept> {
  try {
    await forge.create(number, body, signal);
  } catch (error) {
    if (!mayBeThere(error) || signal.aborted) throw error;
    if ((await findComment(forge, number, isSame, signal)) === undefined) await forge.create(number, body, signal);
  }
  return "wrote";
}

const httpErrorOf = (error: unknown) =>
  error instanceof ProblemError && error.cause instanceof HttpError ? error.cause : undefined;

const mayBeThere = (error: unknown) => httpErrorOf(error)?.effectUnknown === true;

/** GitHub answers 422, GitLab 400, both with words about the length. */
function isTooLong(error: unknown): boolean {
  const failed = httpErrorOf(error);
  return [400, 413, 422].includes(failed?.status ?? 0) && /too (?:long|large)|maximum/i.test(failed!.response!.text);
}
