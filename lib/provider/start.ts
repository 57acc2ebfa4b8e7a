import { setFlagsFromString } from "node:v8";
import { Redactor } from "../core/redaction";
import type { ProviderDefinition } from "../terraform-plugin/provider";
import type { Attributes } from "../terraform-plugin/schema";
import { createLogger, levelFrom } from "../terraform-plugin/hclog";
import { processHost } from "../terraform-plugin/host";
import { commandLineOf, refreshes } from "../terraform-plugin/refresh";
import { serve } from "../terraform-plugin/server";

/**
 * Terraform runs a provider beside its own large process, often in a small CI container. Measured at the peak of a thousand
 * creations: young garbage collected in one megabyte, instead of a space that grows to 48, saves 25 MiB; old garbage collected
 * when the heap has grown by a fifth, instead of when it has doubled or more, saves another 25. Neither takes measurable time.
 */
function keepSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=20");
  // To their defaults: V8 takes a code cache only with the flags that it was made with, and the next start has none.
  process.prependOnceListener("exit", () => {
    setFlagsFromString("--semi-space-growth-factor=2");
    setFlagsFromString("--heap-growing-percent=0");
  });
}

/** Runs a provider in this process until Terraform is done with it; `--debug` waits for a Terraform that is told where it is. */
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
    // Loading was the one thing that profits from room.
    keepSmall();
    const options = { log, redactor, openLedger: ledgerOpener({ debug, log }), refreshes: () => runRefreshes(debug) };
    return () => createProviderService(definition as never, options);
  };
  let loaded: ReturnType<typeof loadAll> | undefined;
  const service = async () => (await (loaded ??= loadAll()))();
  await serve(service, { ...identity, host, log, redactor, debug });
}

/** In a debug session nobody knows which Terraform is being served. */
const runRefreshes = (debug: boolean) => refreshes(debug ? [] : commandLineOf(process.ppid), process.env);
