import { nameServers } from "../../lib/mail/wire/name-servers";
import { startNameServer, type NameServer } from "./name-server";

const long = "0123456789".repeat(1_000);
let server: NameServer;
beforeAll(async () => {
  server = await startNameServer({
    "example.com": {
      A: ["203.0.113.25"],
      AAAA: ["2001:db8::25"],
      MX: [{ exchange: "mx.example.com", priority: 10 }],
      TXT: ["v=spf1 -all", "other"],
    },
    "alias.example.com": { CNAME: "example.com" },
    "long.example.com": { TXT: [long] },
    "deep.below.example.com": { A: ["203.0.113.1"] },
    "25.113.0.203.in-addr.arpa": { PTR: ["mx.example.com"] },
    "broken.example.com": { trouble: "SERVFAIL" },
    "refused.example.com": { trouble: "REFUSED" },
  });
});
afterAll(() => server.close());

const ask: (name: string, type: "A" | "AAAA" | "MX" | "TXT" | "PTR") => Promise<unknown> = (name, type) =>
  nameServers([server.address]).ask(name, type, new AbortController().signal);

it("answers every type of record, without regard to case", async () => {
  await expect(ask("Example.COM", "A")).resolves.toEqual(["203.0.113.25"]);
  await expect(ask("example.com", "AAAA")).resolves.toEqual(["2001:db8::25"]);
  await expect(ask("example.com", "MX")).resolves.toEqual([{ exchange: "mx.example.com", priority: 10 }]);
  await expect(ask("example.com", "TXT")).resolves.toEqual([["v=spf1 -all"], ["other"]]);
  await expect(ask("alias.example.com", "A")).resolves.toEqual(["203.0.113.25"]);
  await expect(ask("25.113.0.203.in-addr.arpa", "PTR")).resolves.toEqual(["mx.example.com"]);
  expect(server.questions).toContain("PTR 25.113.0.203.in-addr.arpa");
});

it("hands out over TCP what is too long for a datagram", async () => {
  const [strings] = (await ask("long.example.com", "TXT")) as string[][];
  expect(strings!.join("")).toBe(long);
  expect(server.questions.filter((question) => question === "TXT long.example.com")).toHaveLength(2);
});

it.each([
  ["a name nobody has heard of", "nobody.example.com", "A", "ENOTFOUND"],
  ["a name without such a record", "alias.example.com", "PTR", "ENODATA"],
  ["a name that only has others below it", "below.example.com", "A", "ENODATA"],
  ["a server failure", "broken.example.com", "TXT", "ESERVFAIL"],
  ["a refusal", "refused.example.com", "TXT", "EREFUSED"],
] as const)("tells %s apart", async (_, name, type, code) => {
  await expect(ask(name, type)).rejects.toMatchObject({ code });
});
