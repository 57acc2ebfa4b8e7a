import { outboundProvider } from "../../lib/provider/definition";
import { ownedByTheHost, ownedTypes } from "./support/owned-types";
import { climbOwnership } from "./support/ownership-rungs";
import type { ProviderProcess } from "./support/terraform";

/** What no rung can be played with, and why. */
const WITHOUT = { outbound_test_email: "each test is a mail of its own, which nothing can be taken over of" };

it("every resource type climbs, or cannot, for a reason", () => {
  const climbing = ownedTypes.map(({ type }) => type);
  expect([...climbing, ...Object.keys(WITHOUT)].sort()).toEqual(
    outboundProvider.resources.map(({ handler }) => handler.schema.type).sort(),
  );
});

describe("ownership of the mail settings of UiPath's host", () => {
  climbOwnership(ownedByTheHost, { options: { uipath: { login: "host" } } }, "attached");
});

describe.each<[string, NonNullable<Parameters<typeof climbOwnership>[1]>["options"], ProviderProcess]>([
  ["names need not be unique", {}, "started"],
  ["names are unique", { vrops: { uniqueNames: true }, uipath: { uniqueNames: true, showScope: true } }, "attached"],
])("ownership where %s", (_where, options, provider) => {
  climbOwnership(ownedTypes, { options }, provider);
});
