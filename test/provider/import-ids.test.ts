import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { Connections } from "../../lib/provider/connections";
import { outboundProvider } from "../../lib/provider/definition";
import { processRuntime } from "../../lib/provider/runtime";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { systems } from "../../lib/systems";
import { createProviderService } from "../../lib/terraform-plugin/engine";
import type { ValueObject } from "../../lib/terraform-plugin/values";
import type { Diagnostic } from "../terraform-plugin/lab";

const types = outboundProvider.resources.map(({ handler }) => handler.schema.type);
const call = { signal: new AbortController().signal };
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ record: false });
});
afterAll(() => sandbox.close());

it.each(types)("%s is not imported by an empty id, and the reason is said before anything is read", async (type) => {
  const environment = sandbox.environment();
  const definition = {
    ...outboundProvider,
    configure: (config: ValueObject, context: never) =>
      new Connections(systems, config, { ...processRuntime(context), environment }),
  };
  const service = createProviderService(definition as never, { log: silentLogger, redactor: new Redactor() });
  await service.ConfigureProvider!({ config: null, terraform_version: "1.11.4" } as never, call as never);
  const answer = await service.ImportResourceState!({ type_name: type, id: "" } as never, call as never);
  const { imported_resources: imported, diagnostics } = answer as unknown as {
    readonly imported_resources: readonly unknown[];
    readonly diagnostics: readonly Diagnostic[];
  };
  expect(imported).toEqual([]);
  const errors = diagnostics.filter(({ severity }) => severity === "ERROR");
  expect(errors.map(({ detail }) => detail)).toEqual([expect.stringMatching(/import|declar|id/i)]);
  expect(JSON.stringify(diagnostics)).not.toMatch(/defect|TypeError/);
});
