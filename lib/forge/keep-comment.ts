import type { Comment, Forge } from "./forge";
import { mayBeThere, writeFitting } from "./refusals";

export interface CommentRequest {
  /** The pull or merge request. */
  readonly number: number;
  readonly body: string;
  /** Whether a comment is the one to keep; its hidden marker decides. */
  readonly isSame: (body: string) => boolean;
  /** When false, an existing comment is updated, but none is created. @default true */
  readonly mayCreate?: boolean;
  /** The URL of the whole text, for a body that is cut. */
  readonly whole?: string | undefined;
  /** Reads, and reports what would be done. @default false */
  readonly dryRun?: boolean;
}

export type Kept = "wrote" | "updated" | "unchanged" | "left out";

/** Keeps one comment with this marker: updates the existing one, or creates it. */
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
  return writeFitting(request.body, forge.longest, request.whole, write);
}

/**
 * Finds the comment among those by the pipeline's own account: a hash in anybody else's comment must not be taken for a
 * review.
 */
async function findComment(
  forge: Forge,
  number: number,
  isSame: (body: string) => boolean,
  signal: AbortSignal,
): Promise<Comment | undefined> {
  return (await ownComments(forge, number, signal)).find((one) => isSame(one.body));
}

/** The comments by the pipeline's own account, oldest first. */
export async function ownComments(forge: Forge, number: number, signal: AbortSignal): Promise<readonly Comment[]> {
  const author = await forge.author(signal);
  const all = await forge.comments(number, signal);
  return all.filter((one) => one.author === author);
}

/**
 * Creates the comment. When no answer says whether it was created, looks for it, and creates it once more only if it is
 * absent.
 */
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
