import { withOwnDomain } from "../../../lib/mail/alignment/spf-macros";

const DOMAIN = "one.two-three.example.net";

it.each([
  ["exists:%{i}.%{d}", `exists:%{i}.${DOMAIN}`],
  ["a:%{d2} a:%{D1}", "a:example.net a:net"],
  ["a:%{dr}", "a:net.example.two-three.one"],
  ["a:%{d2r}", "a:two-three.one"],
  ["a:%{d-}", "a:one.two.three.example.net"],
  ["a:%{d1-}", "a:three.example.net"],
  ["a:%{d9} a:%{d0}", `a:${DOMAIN} a:${DOMAIN}`],
  ["a:%%{d}.%{o}.%{s}.%_%-", "a:%%{d}.%{o}.%{s}.%_%-"],
  ["a:%{dx}", "a:%{dx}"],
  ["v=spf1 -all", "v=spf1 -all"],
])("%s", (record, expected) => {
  expect(withOwnDomain(record, DOMAIN)).toBe(expected);
});
