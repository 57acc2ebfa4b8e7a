import { defineSchema, string } from "../../../lib/terraform-plugin/schema";
import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import { lab, only } from "../lab";

const described = { description: "…" };
const schema = defineSchema({
  type: "lab_machine",
  identity: { none: "the lab has no other objects" },
  importIdentity: wholeId,
  description: "…",
  attributes: {
    id: string("computed", { ...described, keep: true }),
    user: string("optional", described),
    password_wo: string("optional", { ...described, sensitive: true, writeOnly: true }),
  },
  creationChecks: [
    {
      describes: "`user` needs `password_wo`",
      check: ({ user, password_wo }) =>
        typeof user === "string" && password_wo === null
          ? [{ code: "lab/no-password", severity: "error", summary: "There is no password", fix: "Add it." }]
          : [],
    },
  ],
});
const machine = lab({ schema });
const config = { id: null, user: "root", password_wo: null };

describe("what only a new object needs", () => {
  it("is asked for when one is planned", async () => {
    expect(only((await machine.plan(config, null)).diagnostics)).toContain("There is no password");
    expect((await machine.plan({ ...config, password_wo: "open sesame" }, null)).diagnostics).toEqual([]);
  });

  it("is not asked of one that is there, nor of any configuration by itself", async () => {
    expect((await machine.plan(config, { ...config, id: "7" })).diagnostics).toEqual([]);
    expect(await machine.validate(config)).toEqual([]);
  });
});
