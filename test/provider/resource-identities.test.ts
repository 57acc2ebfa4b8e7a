import { outboundProvider } from "../../lib/provider/definition";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { systems } from "../../lib/systems";
import { idOfParts, partsOfId } from "../../lib/terraform-plugin/import-identity";
import { isUnknown, type ValueObject } from "../../lib/terraform-plugin/values";
import { madeBy, ONE_OF_EACH } from "../support/one-of-each";
import { WiredProvider, type Kept } from "../support/wired-provider";

const schemas = outboundProvider.resources.map(({ handler }) => handler.schema);
const schemaOf = (type: string) => schemas.find((one) => one.type === type)!;
const partsOf = (type: string, id: string) => {
  const { importIdentity, attributes } = schemaOf(type);
  return partsOfId(importIdentity, id, (name) => attributes[name]?.type ?? undefined);
};

let sandbox: Sandbox;
let provider: WiredProvider;
const made = new Map<string, { readonly kept: Kept; readonly config: ValueObject }>();

beforeAll(async () => {
  sandbox = await startSandbox({ record: false });
  provider = await WiredProvider.start(sandbox);
});
afterAll(async () => {
  await provider?.stop();
  await sandbox?.close();
});

const world = madeBy(
  () => provider,
  () => sandbox,
  made,
);

it("is told of every resource of the provider", async () => {
  const { identity_schemas: told } = await provider.succeed("GetResourceIdentitySchemas", {});
  expect(Object.keys(told as object).sort()).toEqual(schemas.map(({ type }) => type).sort());
  expect(ONE_OF_EACH.map(({ type }) => type).sort()).toEqual(schemas.map(({ type }) => type).sort());
});

describe.each(ONE_OF_EACH.map((row) => [row.type, row] as const))("the identity of %s", (type, row) => {
  const schema = schemaOf(type);
  const resource = () => provider.resource(schema);
  const ours = () => made.get(type)!;

  it("is not told by the plan of a new object, and the parts of the import id after the apply", async () => {
    const config = await row.config(world);
    const planned = await resource().plan(null, config);
    // The name of a Ksaar connection is all the id that it has, so its plan knows it.
    const known = planned.state!["id"];
    // `terraform show -json` takes no identity of which a part is unknown.
    expect(planned.identity).toEqual(isUnknown(known) ? null : partsOf(type, known as string));

    const kept = await resource().applied(null, config);
    made.set(type, { kept, config });
    const id = kept.state!["id"] as string;
    expect(kept.identity).toEqual(partsOf(type, id));
    expect(idOfParts(schema.importIdentity, kept.identity!)).toBe(id);
  });

  it("is the same after a reading, in a second plan and after an upgrade", async () => {
    const { kept, config } = ours();
    const read = await resource().read(kept);
    expect(read.identity).toEqual(kept.identity);
    expect((await resource().plan(read, config)).identity).toEqual(kept.identity);
    expect(await resource().upgradeIdentity(JSON.stringify(kept.identity))).toEqual(kept.identity);
  });

  it("is found anew where an older Terraform has kept none", async () => {
    const { kept, config } = ours();
    const without = { ...kept, identity: null };
    expect((await resource().read(without)).identity).toEqual(kept.identity);
    expect((await resource().plan(without, config)).identity).toEqual(kept.identity);
  });

  it("stays as it is when the object is changed in place", async () => {
    const { kept, config } = ours();
    const changed = { ...config, ...row.change };
    const planned = await resource().plan(kept, changed);
    expect(planned.replace).toBe(false);
    expect(planned.state).not.toEqual(kept.state);
    expect(planned.identity).toEqual(kept.identity);
    const after = await resource().applied(kept, changed);
    expect(after.identity).toEqual(kept.identity);
    expect((await resource().read(after)).identity).toEqual(kept.identity);
    made.set(type, { kept: after, config: changed });
  });

  if (row.notImported === undefined) {
    it("imports the same object as the id does", async () => {
      const { kept } = ours();
      const byId = await resource().import({ id: kept.state!["id"] as string });
      const byIdentity = await resource().import({ identity: kept.identity! });
      expect(byIdentity).toEqual(byId);
      expect(byIdentity.identity).toEqual(kept.identity);
      expect(byIdentity.state).toMatchObject({ id: kept.state!["id"] as string });
    });
  } else {
    it(`imports nothing: ${row.notImported}`, async () => {
      const { identity } = ours().kept;
      await expect(resource().import({ identity: identity! })).rejects.toThrow(/cannot be imported/);
    });
  }
});

it("is nothing that the plan of a deletion tells", async () => {
  const type = "outbound_vrops_email_plugin";
  const { kept } = made.get(type)!;
  const planned = await provider.resource(schemaOf(type)).plan(kept, null);
  expect([planned.state, planned.identity]).toEqual([null, null]);
});

it.each(systems.flatMap(({ resources }) => resources.map((one) => [one.schema.type, one] as const)))(
  "is told by the import id that the documentation of %s shows",
  (type, { words: { importId } }) => {
    if ("none" in importId) return;
    const parts = partsOf(type, importId.example);
    expect(idOfParts(schemaOf(type).importIdentity, parts!)).toBe(importId.example);
  },
);
