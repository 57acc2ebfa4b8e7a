import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { providerAttributes } from "../lib/systems/provider-attributes";
import { writeDynamicValue } from "../lib/terraform-plugin/dynamic-value";
import type { ValueObject } from "../lib/terraform-plugin/values";
import { objectType } from "../lib/terraform-plugin/wire-schema";
import { environment, PluginClient } from "../test/terraform-plugin/plugin-client";
import { inMs, inTurns, median, secondsOf } from "./measure";
import type { Row } from "./row";
import { startSandboxProcess } from "./sandbox-process";
import { limitFor, providerOf, type Subject } from "./subject";
import { removeFolder, temporaryFolder } from "./temporary-folder";

const TURNS = 9;
const LIMITS_MS = { 24: 25 };

/** How long terraform waits for the answer to ConfigureProvider, right after the schema. */
export async function configureCall(subjects: readonly Subject[]): Promise<Row[]> {
  const cache = temporaryFolder("configure");
  const sandbox = await startSandboxProcess("ovh");
  try {
    const actions = new Map(
      subjects.map((subject): [string, () => Promise<number>] => [
        subject.label,
        () => configureSeconds(subject, sandbox.environment, join(cache, subject.label)),
      ]),
    );
    // The first ones leave what the others take, here too: a client has its own first call.
    await inTurns(2, actions);
    const measured = await inTurns(TURNS, actions);
    return subjects.map((subject) => {
      const seconds = measured.get(subject.label)!;
      return {
        what: "ConfigureProvider, from call to answer",
        node: subject.label,
        ours: inMs(median(seconds)),
        baseline: `lowest ${inMs(Math.min(...seconds))}, highest ${inMs(Math.max(...seconds))}`,
        value: median(seconds) * 1000,
        ...limitFor(subject, LIMITS_MS),
      };
    });
  } finally {
    await sandbox.stop();
    removeFolder(cache);
  }
}

/** As terraform does: the schema, the block judged, the block. The settings come from the environment. */
async function configureSeconds(
  subject: Subject,
  settings: Readonly<Record<string, string>>,
  cache: string,
): Promise<number> {
  const child = spawn(providerOf(subject), [], {
    env: { ...process.env, ...settings, ...environment(), OUTBOUND_CODE_CACHE: cache, OUTBOUND_NODE: subject.node },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "close");
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const client = new PluginClient(String(line));
  try {
    await client.call("GetProviderSchema");
    await client.call("ValidateProviderConfig", { config });
    return await secondsOf(async () => {
      const answer = await client.call("ConfigureProvider", { terraform_version: "1.11.4", config });
      const { diagnostics } = answer as { readonly diagnostics?: readonly unknown[] };
      if (diagnostics?.length) throw new Error(`ConfigureProvider: ${JSON.stringify(diagnostics)}`);
    });
  } finally {
    await client.shutdown().catch(() => undefined);
    client.close();
    await ended;
  }
}

const nothing: ValueObject = Object.fromEntries(Object.keys(providerAttributes).map((name) => [name, null]));
const config = writeDynamicValue(objectType(providerAttributes), nothing);
