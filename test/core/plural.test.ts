import { plural } from "../../lib/core/plural";

it("counts things in the singular and in the plural", () => {
  expect([plural(1, "stack"), plural(0, "stack"), plural(3, "stack")]).toEqual(["1 stack", "0 stacks", "3 stacks"]);
  expect([plural(1, "box", "boxes"), plural(2, "box", "boxes")]).toEqual(["1 box", "2 boxes"]);
});
