import { systemClock } from "../../lib/core/clock";
import { Connections } from "../../lib/provider/connections";
import { outboundProvider } from "../../lib/provider/definition";
import { processRuntime } from "../../lib/provider/runtime";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { seededRandom } from "../../lib/sandbox/random";
import { systems } from "../../lib/systems";
import type { ProviderDefinition } from "../../lib/terraform-plugin/provider";
import type { Attributes } from "../../lib/terraform-plugin/schema";
import type { ValueObject } from "../../lib/terraform-plugin/values";
import { TerraformCore, type Block } from "../support/terraform-core";

// Systems that refuse a second object of a name, which their vendors do not document.

const OPTIONS = { uipath: { uniqueNames: true }, uptrends: { uniqueNames: true }, alertops: { uniqueNames: true } };

const KINDS: readonly [string, (name: string) => ValueObject][] = [
  ["outbound_uipath_webhook", (name) => ({ name, url: "https://hooks.example.com/alerts" })],
  ["outbound_uptrends_alert_definition", (name) => ({ name })],
  ["outbound_alertops_inbound_integration", (name) => ({ name })],
];

describe.each(KINDS)("%s, where names are unique", (type, values) => {
  let sandbox: Sandbox;
  let core: TerraformCore;
  const address = (name: string) => `${type}.${name}`;
  const block = (name: string, createBeforeDestroy = false): Block => ({
    type,
    values: values(name),
    createBeforeDestroy,
  });
  const there = () => sandbox.objects().filter((one) => one.type === type && !one.foreign);

  beforeEach(async () => {
    sandbox = await startSandbox({ options: OPTIONS });
    const environment = sandbox.environment();
    const definition = {
      ...outboundProvider,
      configure: (config: ValueObject, context: never) =>
        new Connections(systems, config, { ...processRuntime(context), clock: systemClock, environment }),
    } as unknown as ProviderDefinition<Attributes, never>;
    core = new TerraformCore(definition, seededRandom(1));
  });
  afterEach(() => sandbox.close());

  it("is made anew in place when it is to be made before it is destroyed", async () => {
    const config = new Map([[address("a"), block("alpha", true)]]);
    expect((await core.apply(config)).errors).toEqual([]);
    const before = there().map(({ id }) => id);
    expect((await core.apply(config, { replace: [address("a")] })).errors).toEqual([]);
    expect(there().map(({ id }) => id)).toEqual(before);
    expect((await core.plan(config)).actions).toEqual([]);
    expect((await core.destroy()).errors).toEqual([]);
    expect(there()).toEqual([]);
  });

  it("is refused at a second address by the system, and we name the first", async () => {
    const one = new Map([[address("a"), block("alpha")]]);
    await core.apply(one);
    const { errors } = await core.apply(new Map([...one, [address("b"), block("alpha")]]));
    expect(errors.join("\n")).toContain("already belongs to another address of this state");
    expect(there()).toHaveLength(1);
  });
});
