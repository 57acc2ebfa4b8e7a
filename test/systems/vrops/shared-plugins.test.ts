import { emailPluginSchema } from "../../../lib/systems/vrops/email-plugin.schema";
import { pluginSchema } from "../../../lib/systems/vrops/plugin.schema";
import { OwnedType } from "../../../lib/terraform-plugin/ownership/address";
import { MemoryLedgers } from "../../../lib/terraform-plugin/ownership/ledger";
import { Ownership } from "../../../lib/terraform-plugin/ownership/ownership";
import type { Problem } from "../../../lib/core/problem";
import type { Schema } from "../../../lib/terraform-plugin/schema";
import { emailPlugin } from "./room";

const ID = "0af46857-0186-406e-a7c8-bdcf0cc7737d";
const asEmail = { ...emailPlugin(), id: ID };
const asAny = { id: ID, plugin_type_id: "StandardEmailPlugin", name: asEmail.name };

type Values = OwnedType["key"] extends (values: infer V) => unknown ? V : never;

interface Met {
  readonly kind: string;
  /** What is said to the create that wants it. */
  readonly told: Problem | undefined;
  /** What is said when the address that has it goes away. */
  readonly left: Problem | undefined;
}

/** What a create of one type may do with the plugin, when a resource of the other type has it in the same state. */
async function meet(
  [ownerSchema, has]: readonly [Schema, Values],
  [takerSchema, wants]: readonly [Schema, Values],
  fate: "kept" | "destroyed",
  first: "create" | "destroy" = "create",
): Promise<Met> {
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
  const apply = walk("2");
  const reported: Problem[] = [];
  const creation = new OwnedType(apply, takerSchema, "realm").creation(wants, {
    notes: {},
    signal: () => signal,
    report: (problem) => reported.push(problem),
  });
  const remove = () => new OwnedType(apply, ownerSchema, "realm").removal(has, {}, undefined).problem;
  if (fate === "kept") {
    const found = await creation.standing(ID);
    return { kind: found.kind, told: creation.refusal(ID, found), left: undefined };
  }
  const before = first === "destroy" ? remove() : undefined;
  const { kind } = await creation.take(ID);
  return { kind, told: reported[0], left: before ?? remove() };
}

const email = [emailPluginSchema, asEmail] as const;
const any = [pluginSchema, asAny] as const;

describe.each([
  { owner: email, taker: any },
  { owner: any, taker: email },
])(
  "an e-mail plugin, which resources of two types manage: $owner.0.type has it, $taker.0.type wants it",
  ({ owner, taker }) => {
    const [had, wanted] = [owner[0].type, taker[0].type];
    const blocks = (name: string) => [
      `removed {\n  from = ${had}.${name}\n\n  lifecycle {\n    destroy = false\n  }\n}`,
      `terraform import ${wanted}.NEW_NAME ${ID}`,
    ];

    it("is not taken from an address that keeps it; the advice names the address's own type, and moves nothing between types", async () => {
      const { kind, told } = await meet(owner, taker, "kept");
      expect([kind, told?.code]).toEqual(["kept", "terraform/owned-by-another-address"]);
      expect(told?.fix).toContain(`one of ${had}`);
      expect(told?.attachment).toBe(blocks("OLD_NAME").join("\n\n"));
    });

    it.each(["create", "destroy"] as const)(
      "passes to the other type where its address goes away, the %s first; both say how to do it next time",
      async (first) => {
        const { kind, told, left } = await meet(owner, taker, "destroyed", first);
        expect([kind, told?.code, left?.code]).toEqual([
          "passing",
          "terraform/passed-to-new-address",
          "terraform/left-to-new-address",
        ]);
        for (const problem of [told, left]) {
          expect(problem?.attachment).toBe(blocks("OLD_NAME").join("\n\n"));
          expect(problem?.expected).not.toContain("moved");
        }
      },
    );
  },
);

it("moves between two addresses of one type by a block", async () => {
  for (const same of [email, any]) {
    const { told } = await meet(same, same, "kept");
    const { type } = same[0];
    expect(told?.attachment).toContain(`moved {\n  from = ${type}.OLD_NAME\n  to   = ${type}.NEW_NAME\n}`);
  }
});
