import { systemClock, type Clock } from "../../lib/core/clock";
import { Connections } from "../../lib/provider/connections";
import { outboundProvider } from "../../lib/provider/definition";
import { processRuntime } from "../../lib/provider/runtime";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { systems } from "../../lib/systems";
import type { ProviderDefinition } from "../../lib/terraform-plugin/provider";
import type { Attributes } from "../../lib/terraform-plugin/schema";
import type { ValueObject } from "../../lib/terraform-plugin/values";
import { outboundKinds, ruleKind } from "../support/outbound-kinds";
import { playSequence, type SimulatedWorld } from "../support/play-sequence";

/**
 * Random sequences of what people do to a configuration, played against the real engine and the simulators, with calls
 * in random order. After each change, state and systems must agree: no object in two addresses, none lost, none left
 * over, nothing foreign touched, and nothing left to do.
 */
const SEQUENCES = Number(process.env["OUTBOUND_SEQUENCES"] ?? 200);
const SEED = Number(process.env["OUTBOUND_SEED"] ?? 20_261);
let sandbox: Sandbox;
let world: SimulatedWorld;

/** Waits are over at once, and have taken their time. */
function quickClock(): Clock {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      ahead += ms;
      await new Promise((settle) => setImmediate(settle));
    },
  };
}

beforeAll(async () => {
  const clock = quickClock();
  sandbox = await startSandbox({ clock, order: "random", seed: SEED, record: false });
  const environment = sandbox.environment();
  const definition = {
    ...outboundProvider,
    configure: (config: ValueObject, context: never) =>
      new Connections(systems, config, { ...processRuntime(context), clock, environment }),
  } as unknown as ProviderDefinition<Attributes, never>;
  const made = (mine: boolean) =>
    sandbox.objects().filter(({ foreign, builtIn }) => foreign !== mine && builtIn !== true);
  // Settings are always there: they are ours while they are not as they were found.
  let found = new Map<string, string>();
  const settings = () =>
    sandbox
      .objects()
      .filter(({ builtIn }) => builtIn === true)
      .map(({ type, id, settings: values }): [string, string] => [`${type} ${id}`, JSON.stringify(values)]);
  world = {
    definition,
    kinds: outboundKinds(sandbox).filter(({ type }) => (process.env["KINDS"] ?? type).includes(type)),
    dependent: ruleKind,
    reset(seed) {
      sandbox.reset(seed);
      found = new Map(settings());
    },
    ours: () => [
      ...made(true).map(({ type, id }) => `${type} ${id}`),
      ...settings().flatMap(([name, values]) => (found.has(name) && found.get(name) !== values ? [name] : [])),
    ],
    foreign: () => JSON.stringify(made(false)),
  };
});
afterAll(() => sandbox.close());

it(`${SEQUENCES} sequences of changes lose, double and leave nothing`, async () => {
  for (let index = 0; index < SEQUENCES; index += 1) {
    await expect(playSequence(world, SEED + index)).resolves.toBeUndefined();
  }
}, 900_000);
