import { climbs } from "./support/ladder";
import { definitionsIn } from "./support/uptrends-state";

const definition = (name: string) => (): string => `
resource "outbound_uptrends_alert_definition" "this" {
  name    = "${name}"
  enabled = ${name.endsWith("call")}
}`;

describe.each([
  ["as documented", {}],
  ["where reads are stale and requests throttled", { staleReads: 1, throttleEvery: 3, goneStatus: 403 }],
])("outbound_uptrends_alert_definition %s", (_where, uptrends) => {
  climbs({
    address: "outbound_uptrends_alert_definition.this",
    created: definition("Prod - on-call"),
    updated: definition("Prod"),
    changeOutside: (sandbox, { id }) =>
      sandbox.intervene("uptrends", "edit-definition", { id, set: { IsActive: false } }),
    removeOutside: (sandbox, { id }) => sandbox.intervene("uptrends", "delete-definition", { id }),
    leftovers: definitionsIn,
    onlyReadBack: Object.keys(uptrends).length > 0,
    options: { options: { uptrends } },
  });
});
