import { sameIgnoringCase } from "../../lib/core/ignoring-case";

it("tells texts apart by anything but the case of their letters", () => {
  expect(sameIgnoringCase("OnCall@example.com", "oncall@EXAMPLE.com")).toBe(true);
  expect(sameIgnoringCase("oncall@example.com", "oncall@example.org")).toBe(false);
  expect(sameIgnoringCase("critical", "critical ")).toBe(false);
});
