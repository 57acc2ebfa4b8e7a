import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { silentLogger } from "../../../lib/core/log";
import { Redactor } from "../../../lib/core/redaction";
import { outboundProvider } from "../../../lib/provider/definition";
import { nullDefinition } from "../../../lib/provider/null/definition";
import { createProviderService } from "../../../lib/terraform-plugin/engine";
import { rpcs } from "../../../lib/terraform-plugin/protocol";
import type { ProviderDefinition } from "../../../lib/terraform-plugin/provider";
import { environment, PluginClient } from "../../terraform-plugin/plugin-client";

const executable = (name: string) => join(__dirname, "../../../dist/provider", name);

/** What a process answers that Terraform starts for the schema alone. */
async function asked(name: string) {
  const env = { ...process.env, ...environment() };
  const child = spawn(process.execPath, [executable(name)], { env, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const client = new PluginClient(String(line));
  try {
    return {
      schema: await client.call("GetProviderSchema"),
      identities: await client.call("GetResourceIdentitySchemas"),
      // Not prepared: it comes from the program in the executable.
      metadata: await client.call("GetMetadata"),
    };
  } finally {
    client.close();
    await once(child, "close");
  }
}

it.each([
  ["terraform-provider-outbound", outboundProvider as ProviderDefinition<never, never>],
  ["terraform-provider-null", nullDefinition as unknown as ProviderDefinition<never, never>],
])("the executable %s answers with the schema of its own source", async (name, provider) => {
  const { schema, identities, metadata } = await asked(name);
  const service = createProviderService(provider, { log: silentLogger, redactor: new Redactor() });
  const now = async <Rpc extends "GetProviderSchema" | "GetResourceIdentitySchemas">(rpc: Rpc) => {
    const answer = await service[rpc]!({} as never, { signal: new AbortController().signal });
    return rpcs[rpc].response.decode(rpcs[rpc].response.encode(answer as never));
  };
  expect(schema).toEqual(await now("GetProviderSchema"));
  expect(identities).toEqual(await now("GetResourceIdentitySchemas"));
  const types = metadata.resources!.map(({ type_name }) => type_name);
  expect(types.sort()).toEqual(Object.keys(schema.resource_schemas!).sort());
});
