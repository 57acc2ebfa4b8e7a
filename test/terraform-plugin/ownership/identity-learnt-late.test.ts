import { ProblemError } from "../../../lib/core/problem";
import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import type { ProviderDefinition } from "../../../lib/terraform-plugin/provider";
import type { Resource } from "../../../lib/terraform-plugin/resource";
import { defineSchema, string, type Attributes } from "../../../lib/terraform-plugin/schema";
import { createOrTakeOver } from "../../../lib/systems/kit/adoption";
import { objectWords } from "../../../lib/systems/kit/words";
import { TerraformCore, type Configuration } from "../../support/terraform-core";

/** Settings of a place that the login belongs to: which one, only the create learns. */
const schema = defineSchema({
  type: "lab_settings",
  description: "…",
  identity: { attributes: ["place"], twins: false },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", { description: "…", keep: true }),
    place: string("optional-computed", {
      description: "…",
      keep: true,
      // Is asked of texts only, also when the create saves what the plan could not know.
      equal: (one, other) => one.toLowerCase() === other.toLowerCase(),
    }),
  },
});
const words = objectWords({ name: "lab", title: "Lab" }, schema, {
  kind: "settings",
  where: "Settings",
  importId: { form: "the place", shownBy: "its list", example: "here" },
});
const ID = "here";

let stored: boolean;
let broken: boolean;
let core: TerraformCore;

const resource: Resource<typeof schema> = {
  schema,
  async create({ planned, ownership, save }, { report }) {
    if (broken) throw new ProblemError({ code: "lab/broken", severity: "error", summary: "Broken", fix: "Mend it." });
    const state = { ...planned, id: ID, place: ID };
    await createOrTakeOver(
      {
        words,
        name: ID,
        idOf: () => ID,
        existing: async () => (stored ? [ID] : []),
        differences: () => [],
        create: async () => ((stored = true), ID),
        write: async () => ID,
        save: () => save(state),
      },
      { ownership, report },
    );
    return state;
  },
  read: async ({ prior }) => (stored ? prior : null),
  delete: async () => void (stored = false),
};

const configuration = (...addresses: string[]): Configuration =>
  new Map(addresses.map((address) => [address, { type: schema.type, values: {} }]));

beforeEach(async () => {
  stored = false;
  broken = false;
  const definition = {
    name: "lab",
    version: "1.0.0",
    description: "…",
    attributes: {},
    configure: () => undefined as never,
    resources: [{ handler: resource as never, client: async () => undefined }],
    dataSources: [],
  } as unknown as ProviderDefinition<Attributes, never>;
  core = new TerraformCore(definition, () => 0);
  const { errors } = await core.apply(configuration("a"));
  if (errors.length > 0) throw new Error(errors.join("\n"));
});

it("meets what another address keeps as that, not as something that is being renamed", async () => {
  const { errors } = await core.apply(configuration("a", "b"));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain("already belongs to another address");
});

it("is spared when the create that should have taken it has failed", async () => {
  broken = true;
  const { errors } = await core.apply(configuration("b"), { parallelism: 1 });
  expect(errors.join("\n")).toContain("is not removed, since the resource that takes its place could not be made");
  expect(stored).toBe(true);
  broken = false;
  expect(await core.apply(configuration("b"))).toMatchObject({ errors: [] });
  expect(stored).toBe(true);
});
