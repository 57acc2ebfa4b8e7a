import { domainPart, localPart } from "../../lib/core/mail-address";

it.each([
  ["oncall@Example.com", "oncall", "Example.com"],
  ['"a@b"@example.com', '"a@b"', "example.com"],
  ["oncall@", "oncall", ""],
  ["@example.com", "", "example.com"],
  ["example.com", "", "example.com"],
  ["", "", ""],
])("%j is %j at %j", (address, local, domain) => {
  expect(localPart(address)).toBe(local);
  expect(domainPart(address)).toBe(domain);
});
