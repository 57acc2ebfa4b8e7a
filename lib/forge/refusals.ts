import { ProblemError } from "../core/problem";
import { HttpError } from "../http";
import { fit } from "./fit";

const httpErrorOf = (error: unknown) =>
  error instanceof ProblemError && error.cause instanceof HttpError ? error.cause : undefined;

/** Whether what failed may have been done although no answer says so. */
export const mayBeThere = (error: unknown) => httpErrorOf(error)?.effectUnknown === true;

/** GitHub answers 422, GitLab 400, both with words about the length. */
function isTooLong(error: unknown): boolean {
  const failed = httpErrorOf(error);
  return [400, 413, 422].includes(failed?.status ?? 0) && /too (?:long|large)|maximum/i.test(failed!.response!.text);
}

/**
 * Writes a body, and once more half of it where an installation of one's own allows less than usual.
 *
 * @param longest in characters
 * @param whole where the whole text is, for one that is cut
 */
export async function writeFitting<T>(
  body: string,
  longest: number,
  whole: string | undefined,
  write: (fitting: string) => Promise<T>,
): Promise<T> {
  try {
    return await write(fit(body, longest, whole));
  } catch (error) {
    if (!isTooLong(error)) throw error;
    return write(fit(body, Math.floor(Math.min(body.length, longest) / 2), whole));
  }
}
