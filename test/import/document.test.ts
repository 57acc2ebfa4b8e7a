import { writeHcl } from "../../lib/import/hcl";
import { importDocument } from "../../lib/import/document";
import type { InventoryItem } from "../../lib/systems/kit/inventory";
import { vrops } from "../../lib/systems/vrops";

const schemas = vrops.resources.map(({ schema }) => schema);
const plugin: InventoryItem = {
  type: "outbound_vrops_email_plugin",
  importId: "p-1",
  name: "Prod",
  attributes: { name: "Prod", smtp_host: "smtp.example.com", smtp_port: 587, sender_address: "a@example.com" },
  secrets: [],
  receivers: [],
};
const rule: InventoryItem = {
  type: "outbound_vrops_notification_rule",
  importId: "r-1",
  name: "Prod",
  attributes: { name: "Prod", plugin_id: "p-1", receivers: ["a@example.com"] },
  secrets: [],
  receivers: ["a@example.com"],
};

describe("importDocument", () => {
  it("refers to what is imported beside it, and declares that first", () => {
    const { objects } = importDocument([rule, plugin], schemas);
    expect(objects.map(({ item }) => item.importId)).toEqual(["p-1", "r-1"]);
    expect(objects[1]?.references).toMatchObject({
      plugin_id: { type: "outbound_vrops_email_plugin", id: "prod-email-plugin" },
    });
  });

  it("leaves out what its resource would refuse, and says why", () => {
    const { objects, leftOut } = importDocument(
      [{ ...rule, attributes: { ...rule.attributes, receivers: [] } }],
      schemas,
    );
    expect(objects).toEqual([]);
    expect(leftOut[0]?.reason).toContain("receivers");
  });

  it("leaves out what lacks something required", () => {
    const { leftOut } = importDocument([{ ...plugin, attributes: { name: "Prod" } }], schemas);
    expect(leftOut[0]?.reason).toBe("smtp_host is required, and there is none");
  });

  it("writes the same whatever the order of listing", () =>
    expect(writeHcl(importDocument([rule, plugin], schemas))).toBe(writeHcl(importDocument([plugin, rule], schemas))));
});
