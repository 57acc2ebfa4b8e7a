import { seededRandom } from "../../lib/sandbox/random";
import type { ProviderDefinition } from "../../lib/terraform-plugin/provider";
import type { Attributes } from "../../lib/terraform-plugin/schema";
import { randomSequence, type Change, type DependentKind, type Kind } from "./configuration-changes";
import { TerraformCore, type Configuration } from "./terraform-core";

/** The systems, as far as a sequence must know them. */
export interface SimulatedWorld {
  readonly definition: ProviderDefinition<Attributes, never>;
  readonly kinds: readonly Kind[];
  readonly dependent: DependentKind;
  /** As if nothing had ever happened. */
  reset(seed: number): void;
  /** "type id" of everything that clients have made. */
  ours(): readonly string[];
  /** What others have made, as text: equal means untouched. */
  foreign(): string;
}

/** An error that says "apply again" may be followed by another, where one change waits for another. */
const APPLIES = 4;

/** Plays the sequence of one seed; throws with everything that was done when something is wrong. */
export async function playSequence(world: SimulatedWorld, seed: number): Promise<void> {
  const random = seededRandom(seed);
  world.reset(seed);
  const core = new TerraformCore(world.definition, random);
  const foreign = world.foreign();
  const told: string[] = [];
  const expect = (right: boolean, what: () => string) => {
    if (!right) {
      const again = `OUTBOUND_SEED=${seed} OUTBOUND_SEQUENCES=1`;
      throw new Error(`sequence of seed ${seed} (${again}): ${what()}\n${told.join("\n")}`);
    }
  };
  for (const change of randomSequence(random, world.kinds, world.dependent)) {
    told.push(change.title);
    await carryOut(change);
    check(change.config);
  }
  const { errors } = await core.destroy();
  expect(errors.length === 0, () => `destroy failed: ${errors.join("; ")}`);
  expect(world.ours().length === 0, () => `left over after destroy: ${world.ours().join(", ")}`);
  expect(world.foreign() === foreign, () => "something foreign was touched");

  async function carryOut(change: Change): Promise<void> {
    for (const address of change.taint) core.taint(address);
    let { options } = change;
    for (let attempt = 1; ; attempt += 1) {
      const { errors, actions } = await core.apply(change.config, options);
      told.push(
        `  ${JSON.stringify(options)} ${actions.join(", ")}`,
        ...errors.map((error) => `    ${error.split("\n")[0]}`),
      );
      if (errors.length === 0) break;
      const again = errors.some((error) => /apply again/i.test(error));
      expect(again && attempt < APPLIES, () => `apply failed: ${errors.join("\n")}`);
      options = { ...options, replace: [] };
    }
    const second = await core.plan(change.config);
    expect(
      second.errors.length + second.actions.length === 0,
      () => `second plan: ${[...second.actions, ...second.errors].join(", ")}`,
    );
  }

  function check(config: Configuration): void {
    const held = core.left.map(({ type, id }) => `${type} ${id}`).sort();
    expect(new Set(held).size === held.length, () => `one object at two addresses: ${held.join(", ")}`);
    expect(core.state.size === config.size, () => `${core.state.size} instances for ${config.size} blocks`);
    const there = [...world.ours()].sort();
    expect(
      String(held) === String(there),
      () => `the state has\n${held.join("\n")}\nthe systems have\n${there.join("\n")}`,
    );
    expect(world.foreign() === foreign, () => "something foreign was touched");
  }
}
