import { createOrTakeOver } from "../../../lib/systems/kit/adoption";
import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import { objectWords } from "../../../lib/systems/kit/words";
import type { ProviderDefinition } from "../../../lib/terraform-plugin/provider";
import type { Resource } from "../../../lib/terraform-plugin/resource";
import { bool, defineSchema, string, type Attributes, type ObjectOf } from "../../../lib/terraform-plugin/schema";
import type { DependentKind, Kind } from "../../support/configuration-changes";
import { playSequence, type SimulatedWorld } from "../../support/play-sequence";

/**
 * The rule of ownership by itself: a system in memory whose calls take a random number of ticks, with objects of every
 * sort (twins allowed or refused, names that are unique, one set of settings, dependents), under random changes.
 */
const SEQUENCES = Number(process.env["OUTBOUND_SEQUENCES"] ?? 400);
const SEED = Number(process.env["OUTBOUND_SEED"] ?? 7);

interface Held {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The system: objects by type. */
class Lab {
  private readonly objects = new Map<string, Map<string, Held>>();
  private counter = 0;

  reset(): void {
    this.objects.clear();
    this.counter = 0;
  }

  of(type: string): Map<string, Held> {
    const known = this.objects.get(type) ?? new Map<string, Held>();
    this.objects.set(type, known);
    return known;
  }

  nextId(): string {
    return `n${++this.counter}`;
  }

  all(): string[] {
    return [...this.objects].flatMap(([type, held]) => [...held.keys()].map((id) => `${type} ${id}`));
  }
}

const lab = new Lab();
const ticks = async () => {
  for (let left = Math.floor(Math.random() * 4); left > 0; left -= 1)
    await new Promise((settle) => setImmediate(settle));
};

function labResource(
  type: string,
  options: { twins: boolean; single?: boolean; unique?: boolean; dependent?: boolean },
) {
  const schema = defineSchema({
    type,
    description: "A thing of the lab.",
    attributes: {
      id: string("computed", { description: "Its id.", keep: true }),
      name: string("optional", { description: "Its name." }),
      detail: string("optional", { description: "What changes in place." }),
      fixed: string("optional", { description: "What replaces.", replace: true }),
      on: string("optional", { description: "What it depends on." }),
      adopt_existing: bool("optional", { description: "Adopt.", default: false }),
    },
    identity: { attributes: options.single === true ? [] : ["name"], twins: options.twins },
    importIdentity: wholeId,
  });
  type State = ObjectOf<(typeof schema)["attributes"]>;
  const words = objectWords({ name: "lab", title: "the lab" }, schema, {
    kind: "thing",
    where: "Shelf",
    importId: { form: "its id", shownBy: "its list", example: "n1" },
  });
  const facts = ({ name, detail, fixed, on }: State) => ({ name, detail, fixed, on });
  const stateOf = ({ id, values }: Held, planned: State): State => ({ ...planned, ...(values as Partial<State>), id });
  const taken = (name: unknown, except?: string) =>
    options.unique === true &&
    [...lab.of(type).values()].some((one) => one.values["name"] === name && one.id !== except);
  const write = async (id: string, planned: State): Promise<Held> => {
    await ticks();
    if (taken(planned.name, id)) throw new Error(`the name ${planned.name} is taken`);
    const held = { id, values: facts(planned) };
    lab.of(type).set(id, held);
    await ticks();
    return held;
  };
  const resource: Resource<typeof schema> = {
    schema,
    async create({ planned, ownership, save }, { report }) {
      const held = await createOrTakeOver<Held>(
        {
          words,
          name: planned.name ?? "",
          idOf: ({ id }) => id,
          existing: async () => {
            await ticks();
            const all = [...lab.of(type).values()];
            return options.single === true ? all : all.filter(({ values }) => values["name"] === planned.name);
          },
          differences: ({ values }) =>
            Object.entries(facts(planned)).flatMap(([key, value]) => (values[key] === value ? [] : [`${key} differs`])),
          create: () => write(options.single === true ? "settings" : lab.nextId(), planned),
          write: ({ id }) => write(id, planned),
          save: (one) => save(stateOf(one, planned)),
        },
        { ownership, report },
      );
      return stateOf(held, planned);
    },
    async read({ prior }) {
      await ticks();
      const held = lab.of(type).get(prior.id!);
      return held === undefined ? null : stateOf(held, prior);
    },
    update: async ({ prior, planned }) => stateOf(await write(prior.id!, planned), planned),
    async delete({ prior }) {
      await ticks();
      const users = [...lab.of("lab_dependent").values()].filter(({ values }) => values["on"] === prior.id);
      if (options.dependent !== true && users.length > 0) throw new Error(`${prior.id} is in use`);
      if (!lab.of(type).delete(prior.id!)) throw new Error(`${type} ${prior.id} was deleted twice`);
      await ticks();
    },
  };
  return resource as Resource;
}

const kind = (type: string, twins: boolean, more: Partial<Kind> = {}): Kind => ({
  type,
  twins,
  block: (name, detail) => ({ type, values: { name, detail: detail === "three" ? "one" : detail, fixed: null } }),
  ...more,
});

const dependent: DependentKind = {
  type: "lab_dependent",
  of: "lab_thing",
  block: (name, detail, on) => ({ type: "lab_dependent", values: { name, detail }, references: { on } }),
};

const definition = {
  name: "lab",
  version: "1.0.0",
  description: "The lab.",
  attributes: {},
  configure: () => undefined,
  resources: [
    labResource("lab_thing", { twins: false }),
    labResource("lab_twin", { twins: true }),
    labResource("lab_unique", { twins: false, unique: true }),
    labResource("lab_settings", { twins: false, single: true }),
    labResource("lab_dependent", { twins: false, dependent: true }),
  ].map((handler) => ({ handler, client: async () => undefined })),
  dataSources: [],
} as unknown as ProviderDefinition<Attributes, never>;

const world: SimulatedWorld = {
  definition,
  kinds: [
    kind("lab_thing", false),
    kind("lab_twin", true),
    kind("lab_unique", false, { unique: true }),
    kind("lab_settings", false, {
      single: true,
      block: (_name, detail) => ({ type: "lab_settings", values: { name: "settings", detail, fixed: null } }),
    }),
  ],
  dependent,
  reset: () => lab.reset(),
  ours: () => lab.all(),
  foreign: () => "",
};

it(`${SEQUENCES} sequences of changes lose, double and leave nothing`, async () => {
  for (let index = 0; index < SEQUENCES; index += 1)
    await expect(playSequence(world, SEED + index)).resolves.toBeUndefined();
}, 600_000);
