import { ProblemError } from "../core/problem";
import { HttpError } from "../http";
import { fit } from "./fit";

const httpErrorOf = (error: unknown) =>
  error instanceof ProblemError && error.cause instanceof HttpError ? error.cause : undefined;

/** Whether a failed request may have taken effect although no answer says so. */
export const mayBeThere = (error: unknown) => httpErrorOf(error)?.effectUnknown === true;

/** GitHub answers 422 and GitLab 400, both with a message about the length. */
function isTooLong(error: unknown): boolean {
  const failed = httpErrorOf(error);
  return [400, 413, 422].includes(failed?.status ?? 0) && /too (?:long|large)|maximum/i.test(failed!.response!.text);
}

/**
 * Writes a body; where an installation allows less than usual, writes half of it in a second attempt.
 *
 * @param longest in characters
 * @param whole the URL of the whole text, for a body that is cut
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
