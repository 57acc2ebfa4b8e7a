import { ProblemError } from "../core/problem";
import { otherAuthor } from "./errors";
import type { Forge } from "./forge";
import type { Issue } from "./issues";
import { mayBeThere, writeFitting } from "./refusals";

export interface IssueRequest {
  readonly title: string;
  /** Begins with the marker that {@link isSame} looks for. */
  readonly body: string;
  /** Whether an issue is the one to keep; its hidden marker decides. */
  readonly isSame: (body: string) => boolean;
  /** `open`: the issue is opened or updated. `close`: an open issue is closed. */
  readonly wanted: "open" | "close";
  /** The comment that is added when the issue is closed. */
  readonly closing: string;
  /** The URL of the whole text, for a body that is cut. */
  readonly whole?: string | undefined;
}

/** `none`: there is no open issue, and none is wanted. */
export type KeptIssue = "opened" | "updated" | "closed" | "none";

/**
 * Keeps at most one open issue with this marker by the pipeline's own account. A closed issue stays closed: a new
 * failure opens a new one.
 */
export async function keepIssue(forge: Forge, request: IssueRequest, signal: AbortSignal): Promise<KeptIssue> {
  const author = await forge.author(signal);
  const [first, ...more] = await openOnes(forge, author, request, signal);
  if (first === undefined) {
    if (request.wanted === "close") return "none";
    await open(forge, author, request, signal);
    return "opened";
  }
  if (request.wanted === "close") {
    for (const one of [first, ...more]) {
      await forge.issues.comment(one.number, request.closing, signal);
      await forge.issues.close(one.number, signal);
    }
    return "closed";
  }
  await writeFitting(request.body, forge.longest, request.whole, (body) =>
    forge.issues.update(first.number, { title: request.title, body }, signal),
  );
  // Duplicates come from runs that started at the same moment and did not see each other's issue.
  for (const one of more) await closeAsDouble(forge, one, first, signal);
  return "updated";
}

/**
 * Finds the open issues by the pipeline's own account: one with the same marker by another account is somebody else's.
 */
async function openOnes(
  forge: Forge,
  author: string,
  { isSame }: IssueRequest,
  signal: AbortSignal,
): Promise<readonly Issue[]> {
  const all = await forge.issues.open(author, signal);
  return all.filter((one) => one.author === author && isSame(one.body)).sort((one, other) => one.number - other.number);
}

/** Opens the issue, then looks whether another run has opened one meanwhile: the one with the lower number stays. */
async function open(forge: Forge, author: string, request: IssueRequest, signal: AbortSignal): Promise<void> {
  const created = await create(forge, author, request, signal);
  if (created.author !== author) {
    // Without its marker the issue would never be found again, and each run would open one more.
    await forge.issues.close(created.number, signal);
    throw new ProblemError(otherAuthor(forge.name, author, created.author));
  }
  const [first] = await openOnes(forge, author, request, signal);
  if (first !== undefined && first.number < created.number) await closeAsDouble(forge, created, first, signal);
}

/**
 * Opens the issue. When no answer says whether it was opened, looks for it, and opens it once more only if it is
 * absent.
 */
function create(forge: Forge, author: string, request: IssueRequest, signal: AbortSignal): Promise<Issue> {
  return writeFitting(request.body, forge.longest, request.whole, async (body) => {
    const text = { title: request.title, body };
    try {
      return await forge.issues.create(text, signal);
    } catch (error) {
      if (!mayBeThere(error) || signal.aborted) throw error;
      const [there] = await openOnes(forge, author, request, signal);
      return there ?? (await forge.issues.create(text, signal));
    }
  });
}

async function closeAsDouble(forge: Forge, double: Issue, first: Issue, signal: AbortSignal): Promise<void> {
  const { number } = double;
  await forge.issues.comment(number, `Two runs opened one at the same moment: it goes on in #${first.number}.`, signal);
  await forge.issues.close(number, signal);
}
