import { writeHcl } from "../../lib/import/hcl";
import { importDocument } from "../../lib/import/document";
import type { InventoryItem } from "../../lib/systems/kit/inventory";
import { uipath } from "../../lib/systems/uipath";
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

  it("refers to no object of another system that happens to have the same id", () => {
    const webhook: InventoryItem = {
      type: "outbound_uipath_webhook",
      importId: "p-1",
      name: "Faults",
      attributes: { name: "Faults", url: "https://alerts.example.com", events: ["job.faulted"] },
      secrets: [],
      receivers: [],
    };
    const both = [...schemas, ...uipath.resources.map(({ schema }) => schema)];
    const [alone] = importDocument([webhook, rule], both).objects.filter(({ item }) => item === rule);
    expect(alone).toMatchObject({ references: {}, values: { plugin_id: "p-1" } });
    const [beside] = importDocument([webhook, rule, plugin], both).objects.filter(({ item }) => item === rule);
    expect(beside?.references["plugin_id"]?.type).toBe(plugin.type);
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
