import { ProblemError } from "../core/problem";
import { otherAuthor } from "./errors";
import type { Forge } from "./forge";
import type { Issue } from "./issues";
import { mayBeThere, writeFitting } from "./refusals";

export interface IssueRequest {
  readonly title: string;
  /** Begins with what {@link isSame} looks for. */
  readonly body: string;
  /** Whether an issue is the one to keep, by its hidden marker. */
  readonly isSame: (body: string) => boolean;
  /** `open`: it is opened, or updated. `close`: one that is open is closed. */
  readonly wanted: "open" | "close";
  /** The comment with which it is closed. */
  readonly closing: string;
  /** Where the whole text is, for a body that is cut. */
  readonly whole?: string | undefined;
}

/** `none`: there is no open one, and none was wanted. */
export type KeptIssue = "opened" | "updated" | "closed" | "none";

/**
 * Keeps at most one open issue with this marker by the pipeline's own account. One that was closed stays closed: what
 * happens again is a new one.
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
  // Of runs that began at the same moment and saw nothing of each other.
  for (const one of more) await closeAsDouble(forge, one, first, signal);
  return "updated";
}

/** An issue with the same marker in somebody else's name is somebody else's. */
async function openOnes(
  forge: Forge,
  author: string,
  { isSame }: IssueRequest,
  signal: AbortSignal,
): Promise<readonly Issue[]> {
  const all = await forge.issues.open(author, signal);
  return all.filter((one) => one.author === author && isSame(one.body)).sort((one, other) => one.number - other.number);
}

/** Opens it, then looks whether another run has opened one meanwhile: the one with the lower number stays. */
async function open(forge: Forge, author: string, request: IssueRequest, signal: AbortSignal): Promise<void> {
  const created = await create(forge, author, request, signal);
  if (created.author !== author) {
    // Nobody would find it again, and the next run would open one more.
    await forge.issues.close(created.number, signal);
    throw new ProblemError(otherAuthor(forge.name, author, created.author));
  }
  const [first] = await openOnes(forge, author, request, signal);
  if (first !== undefined && first.number < created.number) await closeAsDouble(forge, created, first, signal);
}

/** When no answer says whether it was opened, looks, and opens it once more only when it is not there. */
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
