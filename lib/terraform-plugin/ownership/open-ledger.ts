import { tmpdir } from "node:os";
import type { Logger } from "../../core/log";
import { MemoryLedgers, type Ledger } from "./ledger";
import { LedgerFile } from "./ledger-file";
import { ledgerFolder, workspaceOf } from "./ledger-folder";
import { runName } from "./run-name";

/**
 * Opens the ledger of the run that this process belongs to; one for each configuration of the provider, since a debug
 * session serves plan and apply in one process.
 */
export function ledgerOpener(options: { readonly debug: boolean; readonly log: Logger }): () => Ledger {
  const { env, pid, ppid } = process;
  const world = {
    env,
    workingDirectory: process.cwd(),
    temporaryDirectory: tmpdir(),
    userId: process.getuid?.() ?? -1,
  };
  // Determined when first needed: most processes of a run record nothing.
  let folder: string | undefined;
  let run: string | undefined;
  let opened = 0;
  const open = new Set<LedgerFile>();
  process.on("exit", () => open.forEach((ledger) => ledger.close()));
  return () => {
    opened += 1;
    const name = `${pid}.${opened}`;
    run ??= runName(options.debug ? pid : ppid);
    folder ??= ledgerFolder(world);
    if (folder === undefined) {
      options.log.warn("no folder for the ledger of this run: objects that exist already are refused", {});
      return new MemoryLedgers().open(run, name);
    }
    // In a debug session Terraform keeps its connections until it ends: a walk is over when the next one begins.
    for (const earlier of open) earlier.close();
    const ledger = new LedgerFile(folder, run, name, workspaceOf(world), Date.now, () => open.delete(ledger));
    open.add(ledger);
    return ledger;
  };
}
