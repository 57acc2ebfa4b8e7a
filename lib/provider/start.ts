import { Redactor } from "../core/redaction";
import type { ProviderDefinition } from "../terraform-plugin/provider";
import type { Attributes } from "../terraform-plugin/schema";
import type { PreparedAnswers } from "../terraform-plugin/calls";
import { createLogger, levelFrom } from "../terraform-plugin/hclog";
import { processHost } from "../terraform-plugin/host";
import { commandLineOf, refreshes } from "../terraform-plugin/refresh";
import { serve } from "../terraform-plugin/server";
import { parts } from "./boot/parts";

/**
 * Runs a provider in this process until Terraform is done with it; `--debug` waits for a Terraform that is told its address.
 */
export async function start<A extends Attributes, P>(
  identity: { readonly name: string; readonly source: string },
  load: () => Promise<ProviderDefinition<A, P>>,
): Promise<void> {
  const host = processHost();
  const redactor = new Redactor();
  const log = createLogger({
    level: levelFrom(host.env),
    write: (line) => host.stderr(line),
    redactor,
    now: Date.now,
    name: identity.name,
  });
  const debug = process.argv.includes("--debug");
  const loadAll = async () => {
    const { createProviderService } = await import("../terraform-plugin/engine");
    const { ledgerOpener } = await import("../terraform-plugin/ownership/open-ledger");
    const definition = await load();
    const options = {
      log,
      redactor,
      openLedger: ledgerOpener({ debug, log }),
      refreshes: () => runRefreshes(debug),
      onPrepared: () => parts()?.save(),
    };
    // The engine is independent of the types of settings and clients, which its parameter erases.
    return () => createProviderService(definition as never, options);
  };
  let loaded: ReturnType<typeof loadAll> | undefined;
  const service = async () => (await (loaded ??= loadAll()))();
  await serve(service, { ...identity, host, log, redactor, debug, prepared: preparedAnswers() });
}

/** Whether the run refreshes. A debug session does not know which Terraform it serves. */
const runRefreshes = (debug: boolean) => refreshes(debug ? [] : commandLineOf(process.ppid), process.env);

/** The answers that are prepared for the executable, whose schema is fixed: scripts/prepared-answers.mjs. */
function preparedAnswers(): PreparedAnswers | undefined {
  const executable = parts();
  return (
    executable && {
      GetProviderSchema: () => executable.read("GetProviderSchema"),
      GetResourceIdentitySchemas: () => executable.read("GetResourceIdentitySchemas"),
    }
  );
}
