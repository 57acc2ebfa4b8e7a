import { ProblemError, type Problem } from "../../core/problem";
import { HttpError } from "../../http/error";
import { isTimeout } from "../../core/signals";
import { unavailable } from "./problems/api";
import { loginUnchecked } from "./problems/settings";
import { CallError } from "./rest-api";
import type { SystemWords } from "./words";

/**
 * Runs a system's own check of its login. A system that cannot be reached, or has no answer at the moment, may be made in
 * the same run, or be reached from where the apply runs: that is a warning. So is one that is asked too often.
 *
 * @param signal what `check` obeys: its time-out passing is no answer, too
 * @throws what `check` throws when the login, the address or the form of the answer is the trouble
 */
export async function tryLogin(
  system: SystemWords,
  check: () => Promise<void>,
  signal?: AbortSignal,
): Promise<readonly Problem[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (signal?.aborted && isTimeout(signal.reason)) return [loginUnchecked(system, (error as Error).message)];
    const failed = failureOf(error);
    // Who is let in but may not do this is logged in.
    if (failed?.status === 403) return [];
    if (failed !== undefined && isPassing(failed)) return [loginUnchecked(system, failed.message)];
    if (error instanceof HttpError && error.failure !== "aborted") {
      throw new ProblemError(unavailable(system, "log in", error));
    }
    throw error;
  }
}

/** What became of the request, where that is why it failed. */
export function failureOf(error: unknown): HttpError | undefined {
  if (error instanceof CallError) return error.failed;
  return error instanceof HttpError ? error : undefined;
}

const isPassing = ({ failure, status = 0 }: HttpError): boolean =>
  ["dns", "refused", "timeout", "reset"].includes(failure) || status === 429 || status >= 500;
