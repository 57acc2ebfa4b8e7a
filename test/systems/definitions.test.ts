import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { systems } from "../../lib/systems";
import type { Context } from "../../lib/terraform-plugin/resource";

const EXAMPLES = resolve(__dirname, "../../examples");
const resources = systems.flatMap(({ name, resources }) =>
  resources.map((resource) => ({ name, resource, type: resource.schema.type })),
);

describe.each(resources)("$type", ({ name, resource, type }) => {
  it("belongs to its system by its name, and says what makes two declarations one object", () => {
    expect(type).toMatch(new RegExp(`^outbound_${name}_`));
    expect(resource.words).toMatchObject({ type, system: { name } });
    expect(resource.schema.identity).toBeDefined();
  });

  it("is declared in the example that it names", () => {
    const file = join(EXAMPLES, resource.example);
    expect(existsSync(file)).toBe(true);
    // In TypeScript, constructs declare it.
    const isHcl = file.endsWith(".tf");
    expect(!isHcl || readFileSync(file, "utf8").includes(`resource "${type}" `)).toBe(true);
  });

  it("takes the import id that the documentation shows", async () => {
    const { importId } = resource.words;
    const context = {} as Context<unknown>;
    const take = async () =>
      (await resource.import?.("none" in importId ? "any" : importId.example, context)) ?? { id: "" };
    if ("none" in importId) await expect(take()).rejects.toThrow();
    else expect(await take()).toHaveProperty("id");
  });
});

describe.each(systems)("$name", (system) => {
  it("lets users say how long everything that it reads may take", () => {
    const all = [...system.resources, ...system.dataSources, ...(system.ephemeralResources ?? [])];
    for (const { schema } of all) expect(schema.attributes["timeouts"]).toHaveProperty("nested.attributes.read");
  });

  it("says why, where it lacks what systems have", () => {
    for (const part of ["platformTest", "topology", "inventory", "survey"] as const) {
      expect(system[part] === undefined).toBe(system.lacks[part] !== undefined);
    }
    expect(system.contracts.length === 0).toBe(system.lacks.contracts !== undefined);
  });

  it("is shown in the demo, by itself or by one that shows itself", () => {
    const { demonstration } = system;
    const shown =
      "shownBy" in demonstration
        ? systems.find(({ name }) => name === demonstration.shownBy)?.demonstration
        : demonstration;
    expect(shown).toHaveProperty("raise");
  });
});
