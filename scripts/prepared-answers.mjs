// Encodes, at build time, the answers of a provider that are the same in every run. Terraform starts a process for the schema
// alone, which would otherwise encode it again for every command.
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { SIMULATOR, SURVEY } from "./without-simulators.mjs";

const CALLS = ["GetProviderSchema", "GetResourceIdentitySchemas"];

/**
 * @param {{ readonly module: string, readonly name: string }} definition where a provider is defined
 * @returns {Promise<Map<string, Buffer>>} the bytes of the responses, by the names of the calls
 */
export async function preparedAnswers({ module, name }) {
  const scratch = mkdtempSync(join(tmpdir(), "outbound-answers-"));
  try {
    const outfile = join(scratch, "provider.cjs");
    const contents = `
      export { ${name} as definition } from ${JSON.stringify(resolve(module))};
      export { createProviderService } from ${JSON.stringify(resolve("lib/terraform-plugin/engine.ts"))};
      export { rpcs } from ${JSON.stringify(resolve("lib/terraform-plugin/protocol.ts"))};
      export { silentLogger } from ${JSON.stringify(resolve("lib/core/log.ts"))};
      export { Redactor } from ${JSON.stringify(resolve("lib/core/redaction.ts"))};`;
    await build({
      stdin: { contents, resolveDir: process.cwd(), loader: "ts" },
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      external: [SIMULATOR, SURVEY],
      logLevel: "warning",
    });
    const { definition, createProviderService, rpcs, silentLogger, Redactor } = createRequire(outfile)(outfile);
    const service = createProviderService(definition, { log: silentLogger, redactor: new Redactor() });
    const answers = await Promise.all(
      CALLS.map(async (call) => [call, Buffer.from(rpcs[call].response.encode(await service[call]({}, {})))]),
    );
    return new Map(answers);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
