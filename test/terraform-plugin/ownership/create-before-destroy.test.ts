import { createOrTakeOver } from "../../../lib/systems/kit/adoption";
import { objectWords } from "../../../lib/systems/kit/words";
import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import type { ProviderDefinition } from "../../../lib/terraform-plugin/provider";
import type { Resource } from "../../../lib/terraform-plugin/resource";
import { defineSchema, string, type Attributes } from "../../../lib/terraform-plugin/schema";
import { TerraformCore, type Configuration } from "../../support/terraform-core";

/** A system in memory: what it has, and what was done to it. */
let held: Map<string, { readonly name: string; readonly size: string }>;
let done: string[];
let refuses: boolean;
let core: TerraformCore;

function machine(type: string, twins: boolean) {
  const schema = defineSchema({
    type,
    description: "…",
    identity: { attributes: ["name"], twins },
    importIdentity: wholeId,
    attributes: {
      id: string("computed", { description: "…", keep: true }),
      name: string("required", { description: "…" }),
      size: string("required", { description: "…", replace: true }),
    },
  });
  const words = objectWords({ name: "lab", title: "Lab" }, schema, {
    kind: "machine",
    where: "Shelf",
    importId: { form: "its id", told: "its list", example: "m1" },
  });
  const put = (id: string, { name, size }: { readonly name: string; readonly size: string }) => {
    held.set(id, { name, size });
    return id;
  };
  const resource: Resource<typeof schema> = {
    schema,
    async create({ planned, ownership, save }, { report }) {
      const state = (id: string) => ({ ...planned, id });
      const id = await createOrTakeOver<string>(
        {
          words,
          name: planned.name,
          idOf: (one) => one,
          existing: async () => [...held].filter(([, { name }]) => name === planned.name).map(([one]) => one),
          differences: (one) => (held.get(one)!.size === planned.size ? [] : ["size"]),
          create: async () => {
            if (refuses) throw new Error("the lab is full");
            done.push(`create m${held.size + 1}`);
            return put(`m${held.size + 1}`, planned);
          },
          write: async (one) => {
            if (refuses) throw new Error("the lab is full");
            done.push(`write ${one}`);
            return put(one, planned);
          },
          save: (one) => save(state(one)),
        },
        { ownership, report },
      );
      return state(id);
    },
    read: async ({ prior }) => {
      const one = held.get(prior.id!);
      return one === undefined ? null : { ...prior, ...one };
    },
    update: async ({ planned, prior }) => ({ ...planned, id: put(prior.id!, planned) }),
    async delete({ prior }) {
      done.push(`delete ${prior.id}`);
      held.delete(prior.id!);
    },
  };
  return resource as Resource;
}

const one = (type: string, size: string, name = "front"): Configuration =>
  new Map([["a", { type, values: { name, size }, createBeforeDestroy: true }]]);

beforeEach(() => {
  [held, done, refuses] = [new Map(), [], false];
  const resources = [machine("lab_only", false), machine("lab_twin", true)].map((handler) => ({
    handler: handler as never,
    client: async () => undefined,
  }));
  const definition = {
    name: "lab",
    version: "1.0.0",
    description: "…",
    attributes: {},
    configure: () => undefined as never,
    resources,
    dataSources: [],
  } as unknown as ProviderDefinition<Attributes, never>;
  core = new TerraformCore(definition, () => 0);
});

describe("where there can be only one of a name", () => {
  beforeEach(async () => {
    await core.apply(one("lab_only", "small"));
    done.length = 0;
  });

  it("the replacement has the object, and the deposed one deletes nothing", async () => {
    const { errors, actions } = await core.apply(one("lab_only", "large"));
    expect([errors, actions]).toEqual([[], ["replace a"]]);
    expect(done).toEqual(["write m1"]);
    expect([...held]).toEqual([["m1", { name: "front", size: "large" }]]);
    expect(core.left).toEqual([{ type: "lab_only", id: "m1" }]);
    expect((await core.plan(one("lab_only", "large"))).actions).toEqual([]);
  });

  it("a replacement that is refused leaves the object where it was", async () => {
    refuses = true;
    expect((await core.apply(one("lab_only", "large"))).errors.join("\n")).toContain("the lab is full");
    expect([...held.keys()]).toEqual(["m1"]);
    refuses = false;
    await core.apply(one("lab_only", "large"));
    expect([...held]).toEqual([["m1", { name: "front", size: "large" }]]);
  });

  it("a replacement under another name makes another one, and the deposed one goes", async () => {
    expect((await core.apply(one("lab_only", "large", "back"))).errors).toEqual([]);
    expect(done).toEqual(["create m2", "delete m1"]);
  });
});

describe("where there can be several of a name", () => {
  it("the replacement makes one beside it, and the deposed one goes: that one, and no other", async () => {
    await core.apply(one("lab_twin", "small"));
    done.length = 0;
    expect((await core.apply(one("lab_twin", "large"))).errors).toEqual([]);
    expect(done).toEqual(["create m2", "delete m1"]);
    expect([...held]).toEqual([["m2", { name: "front", size: "large" }]]);
    expect(core.left).toEqual([{ type: "lab_twin", id: "m2" }]);
  });
});

it("destroyed, the object goes: nothing stands in for it any more", async () => {
  await core.apply(one("lab_only", "small"));
  await core.apply(one("lab_only", "large"));
  done.length = 0;
  expect((await core.destroy()).errors).toEqual([]);
  expect([done, held.size]).toEqual([["delete m1"], 0]);
});
