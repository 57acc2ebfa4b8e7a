import { emailPluginSchema } from "../../../lib/systems/vrops/email-plugin.schema";
import { pluginSchema } from "../../../lib/systems/vrops/plugin.schema";
import { OwnedType } from "../../../lib/terraform-plugin/ownership/address";
import { MemoryLedgers } from "../../../lib/terraform-plugin/ownership/ledger";
import { Ownership } from "../../../lib/terraform-plugin/ownership/ownership";
import type { Schema } from "../../../lib/terraform-plugin/schema";
import { emailPlugin } from "./room";

const ID = "0af46857-0186-406e-a7c8-bdcf0cc7737d";
const asEmail = { ...emailPlugin(), id: ID };
const asAny = { id: ID, plugin_type_id: "StandardEmailPlugin", name: asEmail.name };

type Values = OwnedType["key"] extends (values: infer V) => unknown ? V : never;

/** What a create of one type may do with the plugin, when a resource of the other type has it in the same state. */
async function standing(
  [ownerSchema, has]: readonly [Schema, Values],
  [takerSchema, wants]: readonly [Schema, Values],
  fate: "kept" | "destroyed",
) {
  const ledgers = new MemoryLedgers();
  const walk = (name: string) =>
    new Ownership(() => ledgers.open("run", name), { sleep: () => Promise.reject(new Error("nobody deletes")) });
  const plan = walk("1");
  const owner = new OwnedType(plan, ownerSchema, "realm");
  owner.seen("owned", has);
  owner.seen("read", has);
  owner.planned(has, fate === "kept" ? has : null, {}, undefined);
  new OwnedType(plan, takerSchema, "realm").planned(null, { ...wants, id: null }, {}, undefined);
  plan.close();
  const { signal } = new AbortController();
  const creation = new OwnedType(walk("2"), takerSchema, "realm").creation(wants, {
    notes: {},
    signal: () => signal,
    report: () => undefined,
  });
  return (await creation.standing(ID)).kind;
}

const email = [emailPluginSchema, asEmail] as const;
const any = [pluginSchema, asAny] as const;

describe("an e-mail plugin, which resources of two types manage", () => {
  it("is not taken from an address of the other type that keeps it", async () => {
    expect(await standing(email, any, "kept")).toBe("kept");
    expect(await standing(any, email, "kept")).toBe("kept");
  });

  it("passes to the other type where its address goes away", async () => {
    expect(await standing(email, any, "destroyed")).toBe("passing");
    expect(await standing(any, email, "destroyed")).toBe("passing");
  });
});
