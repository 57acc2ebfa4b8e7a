import { dnsDomainOf, isAligned, organizationalDomain } from "../../../lib/mail/alignment/organizational-domain";

it.each([
  ["alerts@Example.COM.", "example.com"],
  ["alerts@Bücher.example", "xn--bcher-kva.example"],
  ["a@b@example.com", "example.com"],
  ["example.com", "example.com"],
  ["alerts@NO DOMAIN", "no domain"],
])("the domain of %s is %s", (address, domain) => {
  expect(dnsDomainOf(address)).toBe(domain);
});

it.each([
  ["alerts.mon.example.com", "example.com"],
  ["example.com", "example.com"],
  ["mail.example.co.uk", "example.co.uk"],
  // A suffix under which strangers register: each name is an organization of its own.
  ["one.github.io", "one.github.io"],
  ["co.uk", "co.uk"],
  ["localhost", "localhost"],
  ["relay.corp.test", "corp.test"],
])("%s belongs to %s", async (domain, organization) => {
  await expect(organizationalDomain(domain)).resolves.toBe(organization);
});

it("aligns relaxed what belongs to the same organization, and strict what is the same", async () => {
  const pairs = [
    ["example.com", "Example.com"],
    ["mail.example.com", "example.com"],
    ["a.example.com", "b.example.com"],
    ["example.net", "example.com"],
    ["notexample.com", "example.com"],
  ] as const;
  const aligned = (mode: "relaxed" | "strict") =>
    Promise.all(pairs.map(([domain, from]) => isAligned(domain, from, mode)));
  expect(await aligned("relaxed")).toEqual([true, true, true, false, false]);
  expect(await aligned("strict")).toEqual([true, false, false, false, false]);
});
