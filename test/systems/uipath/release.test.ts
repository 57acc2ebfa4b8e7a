import { apiVersionIn, mayIgnoreTenantMail, releaseName } from "../../../lib/systems/uipath/release";

it.each([
  ["20.0", 20],
  ["1.0, 15.0", 15],
  [" 11", 11],
  ["", undefined],
  ["latest", undefined],
])("reads the version of %p", (header, expected) => {
  expect(apiVersionIn({ "api-supported-versions": header })).toBe(expected);
});

it("takes a header that is not there for no version", () => expect(apiVersionIn({})).toBeUndefined());

it.each([
  [false, 11, false, "an Orchestrator with Web API 11"],
  [false, 14, false, "an Orchestrator with Web API 14"],
  [false, 15, true, "an Orchestrator with Web API 15 (2022.10 or later)"],
  [false, undefined, false, "an Orchestrator that does not tell its version"],
  [true, undefined, true, "UiPath's cloud"],
])("cloud %p, version %p: tenant mail may be ignored is %p", (isCloud, apiVersion, expected, name) => {
  expect(mayIgnoreTenantMail({ isCloud, apiVersion })).toBe(expected);
  expect(releaseName({ isCloud, apiVersion })).toBe(name);
});
