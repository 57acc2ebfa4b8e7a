import type { Demo } from "../demo";
import { searchForSecrets, type SearchResult } from "../secret-search";

/** Searches everything that Terraform and CDKTF wrote and printed for every secret of the sandbox. */
export async function findNoSecrets(demo: Demo): Promise<void> {
  demo.chapter("No secret was written anywhere");
  checkForSecrets(demo);
  // A search that finds nothing proves nothing unless it can find something.
  const { host } = demo.sandbox.mail.startTls;
  const control = search(demo, { host });
  demo.check(
    "the search itself works",
    control.found.length > 1,
    "the server's address in state and stack",
    control.found,
  );
}

export function checkForSecrets(demo: Demo): void {
  const secrets = secretsOf(demo.sandbox.environment());
  const { searched, found } = search(demo, secrets);
  demo.check(
    `none of ${Object.keys(secrets).length} secrets in ${searched} files (cdktf.out, state, plan) and all that was printed`,
    found.length === 0,
    "nothing found",
    found,
  );
}

function search({ workspace, narrator, output }: Demo, secrets: Readonly<Record<string, string>>): SearchResult {
  return searchForSecrets([workspace.directory], [...narrator.printed, ...output].join("\n"), secrets);
}

/** The secrets, by the names of their variables. */
export function secretsOf(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => /PASSWORD|SECRET|TOKEN|_KEY$/.test(name)));
}
