import { isGuid } from "../../../lib/systems/kit/guid";

const GUID = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

it.each([undefined, null, "", "3fa85f64", `{${GUID}}`, GUID.replaceAll("-", "")])("takes %p for no GUID", (text) =>
  expect(isGuid(text)).toBe(false),
);

it("takes GUIDs in either case", () => {
  expect(isGuid(GUID)).toBe(true);
  expect(isGuid(GUID.toUpperCase())).toBe(true);
});
