import { redactedItems } from "../../lib/import/redacted-items";
import { Redactor } from "../../lib/core/redaction";

const SECRET = "correct-horse-battery";

it("lets no secret through that a vendor repeats in a name, an attribute or a key, and keeps the rest", () => {
  const redactor = new Redactor();
  redactor.add(SECRET);
  const item = {
    type: "outbound_vrops_plugin",
    importId: "41",
    name: `plugin ${SECRET}`,
    attributes: { description: SECRET, port: 587, config_values: { [SECRET]: [`x ${SECRET}`], plain: "text" } },
    secrets: [{ attribute: "password_wo", purpose: `the password of ${SECRET}` }],
    receivers: [`${SECRET}@example.com`],
  };
  const [redacted] = redactedItems([item], (text) => redactor.redact(text));
  expect(JSON.stringify(redacted)).not.toContain(SECRET);
  expect(redacted).toMatchObject({ importId: "41", attributes: { port: 587, config_values: { plain: "text" } } });
});
