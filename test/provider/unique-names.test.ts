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

/** And whether it is renamed in place. */
const KINDS: readonly [string, (name: string) => ValueObject, boolean][] = [
  ["outbound_uipath_webhook", (name) => ({ name, url: "https://hooks.example.com/alerts" }), true],
  ["outbound_uptrends_alert_definition", (name) => ({ name }), true],
  ["outbound_alertops_inbound_integration", (name) => ({ name }), false],
];

describe.each(KINDS)("%s, where names are unique", (type, values, isRenamed) => {
  let sandbox: Sandbox;
  let core: TerraformCore;
  let newCore: (seed: number) => TerraformCore;
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
    newCore = (seed) => new TerraformCore(definition, seededRandom(seed));
    core = newCore(1);
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

  it.each([1, 2, 3, 4])(
    "gets a name that another one gives up in the same run, in whatever order (%d)",
    async (seed) => {
      core = newCore(seed);
      const before = new Map([
        [address("a"), block("alpha")],
        [address("b"), block("beta")],
      ]);
      expect((await core.apply(before)).errors).toEqual([]);
      const ids = there().map(({ id }) => id);
      const after = new Map([
        [address("a"), block("beta")],
        [address("b"), block("gamma")],
      ]);
      expect((await core.apply(after)).errors).toEqual([]);
      if (isRenamed) expect(there().map(({ id }) => id)).toEqual(ids);
      expect(there()).toHaveLength(2);
      expect((await core.plan(after)).actions).toEqual([]);
    },
  );

  it("exchanges no names with another one in one run: it says how, and loses nothing", async () => {
    const names = (a: string, b: string) =>
      new Map([
        [address("a"), block(a)],
        [address("b"), block(b)],
      ]);
    expect((await core.apply(names("alpha", "beta"))).errors).toEqual([]);
    const ids = there().map(({ id }) => id);
    const { errors } = await core.apply(names("beta", "alpha"));
    // What is made anew for a name needs no third one in between.
    if (!isRenamed) {
      expect(errors).toEqual([]);
      expect(there()).toHaveLength(2);
      return;
    }
    expect(errors.join("\n")).toMatch(/another object has this identity, and is to get this one's/);
    expect(there().map(({ id }) => id)).toEqual(ids);
    for (const config of [names("third", "alpha"), names("beta", "alpha")]) {
      expect((await core.apply(config)).errors).toEqual([]);
      expect((await core.plan(config)).actions).toEqual([]);
    }
    expect(there().map(({ id }) => id)).toEqual(ids);
  });
});
