import { withoutTrailing } from "../../core/trailing";
import { ProblemError, type Problem } from "../../core/problem";
import { isLoopback } from "../../http/url";
import { badAddress } from "./problems/settings";
import type { SystemWords } from "./words";

/**
 * Parses an address that a user gave in the setting `field`: https, or http for this machine alone, and without credentials.
 *
 * @param example a usable address, for the problem
 * @throws ProblemError `<system>/bad-url`
 */
export function addressIn(system: SystemWords, field: string, text: string, example: string): URL {
  const problem = addressProblem(system, field, text, example);
  if (problem !== undefined) throw new ProblemError(problem);
  return new URL(text);
}

/** The reason why an address cannot be used. */
export function addressProblem(system: SystemWords, field: string, text: string, example: string): Problem | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // A bare "host:443" parses with the host as its scheme.
  if (url?.protocol !== "https:" && url?.protocol !== "http:")
    return badAddress(system, field, text, example, "no-url");
  if (url.username || url.password) return badAddress(system, field, text, example, "login");
  const plain = url.protocol === "http:" && !isLoopback(url.hostname);
  return plain ? badAddress(system, field, text, example, "plain") : undefined;
}

/** Origin and path, without query, fragment and trailing slashes: the base of requests. */
export const baseOf = ({ origin, pathname }: URL): string => withoutTrailing(origin + pathname, "/");
