import { ProblemError, type Problem } from "../../core/problem";
import { HttpError } from "../../http/error";
import { isTimeout } from "../../core/signals";
import { unavailable } from "./problems/api";
import { loginUnchecked } from "./problems/settings";
import { CallError } from "./rest-api";
import type { SystemWords } from "./words";

/**
 * Runs a system's own check of its login. A system that cannot be reached, or does not answer at the moment, may be created
 * in the same run, or be reachable from where the apply runs: that is a warning. So is throttling.
 *
 * @param signal is passed to `check`; its time-out counts as no answer, too
 * @throws the error of `check` when the login, the address or the form of the answer is wrong
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
    // A login that lacks this right is accepted nevertheless.
    if (failed?.status === 403) return [];
    if (failed !== undefined && isPassing(failed)) return [loginUnchecked(system, failed.message)];
    if (error instanceof HttpError && error.failure !== "aborted") {
      throw new ProblemError(unavailable(system, "log in", error));
    }
    throw error;
  }
}

/** The failed request, where that is the cause of the error. */
export function failureOf(error: unknown): HttpError | undefined {
  if (error instanceof CallError) return error.failed;
  return error instanceof HttpError ? error : undefined;
}

const isPassing = ({ failure, status = 0 }: HttpError): boolean =>
  ["dns", "refused", "timeout", "reset"].includes(failure) || status === 429 || status >= 500;
