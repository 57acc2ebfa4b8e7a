import { plural } from "../core/plural";
import type { Problem } from "../core/problem";
import { printable } from "../core/printable";
import { redirectedTo } from "../http/redirect";
import { isPage, vendorText } from "../systems/kit/vendor-text";
import type { ApiWords } from "../systems/kit/words";
import type { Deviation } from "./conformity";
import type { HttpExchange } from "./guard";

/** Problems that `outbound doctor --systems` reports. A system's own words for a refusal replace them. */

const problem = (severity: Problem["severity"], code: string, facts: Omit<Problem, "code" | "severity">): Problem => ({
  code: `doctor/${code}`,
  severity,
  ...facts,
});

export const wouldWrite = (method: string, address: string) =>
  problem("error", "would-write", {
    summary: "A request that is no reading was stopped before it was sent",
    got: `${method} ${address}`,
    expected: "GET or HEAD, or a login",
    fix: "This is a mistake in the package: please report it. Nothing was changed.",
  });

const wanted = (words: ApiWords) => `${words.address} A browser or curl on this machine shows what answers there.`;

/** A sign-in page, a proxy's block page or a load balancer's greeting, with a status of success. */
export const pageInFront = (words: ApiWords, { method, url, response }: HttpExchange) =>
  problem("error", "page-instead-of-api", {
    summary: `A web page answers where the API of ${words.title} should`,
    got: `${response.status} and a page to ${method} ${shown(url)}`,
    expected: "JSON",
    fix: `Something stands in front of it (a portal, a proxy that wants a login, a firewall's block page), or the address is that of the user interface. ${wanted(words)}`,
    evidence: vendorText(response),
  });

const redirected = (words: ApiWords, { method, url, response }: HttpExchange) =>
  problem("error", "redirected", {
    summary: `${words.title} sends us elsewhere instead of answering`,
    got: `${response.status}${redirectedTo(response)} to ${method} ${shown(url)}`,
    expected: "an answer of the API at the configured address",
    fix: `Credentials are not carried to another address. When the new one is right, configure it; when it is a sign-in page, a portal stands in front. ${wanted(words)}`,
  });

const nothingThere = (words: ApiWords, { method, url, response }: HttpExchange) =>
  problem("error", "nothing-at-address", {
    summary: `There is a server, and no API of ${words.title} at the configured address`,
    got: `${response.status} to ${method} ${shown(url)}`,
    fix: `The host answers, the path is wrong, or the server is of another edition. ${wanted(words)}`,
    evidence: vendorText(response),
  });

/** The problem when something else answers in the system's place; undefined when it appears to be the system itself. */
export function notTheSystem(words: ApiWords, exchange: HttpExchange): Problem | undefined {
  const { status } = exchange.response;
  if (status >= 300 && status < 400) return redirected(words, exchange);
  if (isPage(exchange.response) && status < 300) return pageInFront(words, exchange);
  return status === 404 ? nothingThere(words, exchange) : undefined;
}

export const tooSlow = (words: Pick<ApiWords, "title">, seconds: number) =>
  problem("error", "not-through", {
    summary: `${words.title} was not looked through within ${seconds} s`,
    fix: "What is listed was read before. Give it more time with --timeout, or look for what makes it slow.",
  });

export const rightMissing = (words: ApiWords, right: string, types: readonly string[], seldom: boolean) =>
  problem(seldom ? "warning" : "error", "right-missing", {
    summary: `The login may not do what ${types.join(", ")} ${types.length > 1 ? "need" : "needs"}: ${right}`,
    fix: `${seldom ? "Nothing is wrong as long as none of these is declared. Otherwise: " : ""}${words.rights}`,
  });

export const routeMissing = (words: ApiWords, subject: string, route: string, evidence: string) =>
  problem("error", "route-missing", {
    summary: `${words.title} has no ${subject} at ${route}`,
    fix: `Its release or edition is not one that this package knows. ${words.address}`,
    evidence,
  });

/** One problem for all readings that failed in the same way. */
export const notRead = (words: ApiWords, subjects: readonly string[], failure: Problem): Problem => ({
  ...failure,
  severity: "error",
  summary: `${words.title} did not tell its ${subjects.join(", ")}: ${failure.summary}`,
});

/** Can be published as it is: places and types, no values. */
export const deviates = (words: ApiWords, subject: string, request: string, deviations: readonly Deviation[]) =>
  problem("error", "unexpected-form", {
    summary: `The ${subject} of ${words.title} are not in the form that this package expects`,
    fix: "Deployments may fail where they need it, or not see what is there. Please report it with the lines below, which hold no values; `--record DIR` keeps the whole answer, masked.",
    attachment: [
      request,
      ...deviations.map(
        ({ place, expected, got, times }) =>
          `  ${place}: expected ${expected}, got ${got}${times > 1 ? ` (${times} times)` : ""}`,
      ),
    ].join("\n"),
  });

export const certificateEnds = (words: ApiWords, host: string, days: number) =>
  problem("warning", "certificate-ends", {
    summary: `The certificate of ${words.title} at ${host} ends in ${plural(days, "day")}`,
    fix: "Have it renewed before: then no deployment and no reconciliation reaches it any more.",
  });

export const loginEnds = (words: ApiWords, until: string, days: number) =>
  problem(days < 0 ? "error" : "warning", "login-ends", {
    summary:
      days < 0
        ? `The login to ${words.title} has ended at ${until}`
        : `The login to ${words.title} ends in ${plural(days, "day")}, at ${until}`,
    fix: "Make a new one and put it where this one came from, before deployments begin to fail.",
  });

export const nothingToAsk = (variables: readonly string[]) =>
  problem("error", "nothing-configured", {
    summary: "No system is configured, so that none was looked at",
    expected: `environment variables such as ${variables.join(", ")}, or a synthesised stack in cdktf.out`,
    fix: "Set them as in a deployment: docs/reference/provider.md lists them all, and `outbound sandbox` prints those of a sandbox.",
  });

/** The URL without its query, which may contain names. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url);
  return printable(origin + pathname);
}
