import { outboundProvider } from "../../lib/provider/definition";
import { READ_TIMEOUT } from "../../lib/terraform-plugin/timeouts";
import type { Attributes } from "../../lib/terraform-plugin/schema";

const { resources, dataSources, ephemeralResources = [], actions = [] } = outboundProvider;
const all = [...resources, ...dataSources, ...ephemeralResources, ...actions].map(({ handler: { schema } }) => schema);

/** It asks nobody. */
const WITHOUT = ["outbound_environment"];
/** Its time counts for all of the test, which is one conversation. */
const BY_SECONDS = ["outbound_test_email", "outbound_smtp_probe", "outbound_send_test_email", "outbound_probe"];

const limitOf = (attributes: Attributes) =>
  (attributes["timeouts"] as { timeouts?: { read?: string } } | undefined)?.timeouts?.read;

it.each(all.map((schema) => [schema.type, schema.attributes] as const))(
  "%s waits for nobody for ever",
  (type, attributes) => {
    if (WITHOUT.includes(type)) expect(attributes["timeouts"]).toBeUndefined();
    else if (BY_SECONDS.includes(type)) expect(attributes["timeout_seconds"]).toBeDefined();
    else expect(limitOf(attributes as Attributes)).toBe(READ_TIMEOUT);
  },
);

it("knows every exception by its name", () => {
  const types = all.map(({ type }) => type);
  for (const type of [...WITHOUT, ...BY_SECONDS]) expect(types).toContain(type);
});
