import type { Demo } from "../demo";
import { searchForSecrets } from "../secret-search";

/** Searches all that Terraform and CDKTF wrote, and all that was printed, for every secret of the sandbox. */
export async function findNoSecrets(demo: Demo): Promise<void> {
  demo.chapter("No secret was written anywhere");
  const { workspace, sandbox, narrator, heard } = demo;
  const secrets = secretsOf(sandbox.environment());
  const spoken = [...narrator.said, ...heard].join("\n");
  const { searched, found } = searchForSecrets([workspace.directory], spoken, secrets);
  demo.check(
    `none of ${Object.keys(secrets).length} secrets is in ${searched} files (cdktf.out, state, plan) or in what was printed`,
    found.length === 0,
    "nothing found",
    found,
  );
  // A search that finds nothing must be able to find something.
  const control = searchForSecrets([workspace.directory], spoken, { host: sandbox.mail.startTls.host });
  demo.check(
    "the search itself works",
    control.found.length > 1,
    "the server's address in state and stack",
    control.found,
  );
}

/** By the names of their variables. */
export function secretsOf(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => /PASSWORD|SECRET|TOKEN|_KEY$/.test(name)));
}
