import { parseAuthenticationResults, receiversResults } from "../../../lib/mail/alignment/authentication-results";
import { expectLinear } from "../../support/growth";

const brief = (field: string) => {
  const parsed = parseAuthenticationResults(field);
  return parsed && [parsed.server, ...parsed.results.map(({ method, result }) => `${method}=${result}`)];
};

it.each<[string, string, string[] | undefined]>([
  ["nothing was checked", "example.org 1; none", ["example.org"]],
  ["one method", "example.com; spf=pass smtp.mailfrom=example.net", ["example.com", "spf=pass"]],
  [
    "several, with comments and reasons",
    "mx.google.com;\r\n dkim=pass header.i=@example.com header.s=alerts header.b=AbC;\r\n spf=softfail (google.com: domain of transitioning a@example.com does not designate 203.0.113.25 as permitted sender) smtp.mailfrom=a@example.com; dmarc=fail (p=REJECT sp=REJECT dis=NONE) header.from=example.com",
    ["mx.google.com", "dkim=pass", "spf=softfail", "dmarc=fail"],
  ],
  ["with the name of the field", "Authentication-Results: mx; spf=pass", ["mx", "spf=pass"]],
  [
    "a version of the method",
    "foo.example.net (foobar) 1 (baz); dkim (b)/ 1 (c) = (d) fail (e) policy.x=1",
    ["foo.example.net", "dkim=fail"],
  ],
  [
    "comments within comments, and semicolons in them",
    "mx; spf=fail (a; dkim=pass (b; dmarc=pass)) smtp.helo=x",
    ["mx", "spf=fail"],
  ],
  ["a reason in quotes", 'mx; dkim=fail reason="bad; spf=pass" header.d=x', ["mx", "dkim=fail"]],
  ["an escaped parenthesis", "mx; spf=fail (a \\) dkim=pass); dmarc=pass", ["mx", "spf=fail", "dmarc=pass"]],
  ["a comment without end", "mx; spf=pass (dkim=fail; dmarc=fail", ["mx", "spf=pass"]],
  ["capital letters", "MX.Example.COM; SPF=Pass", ["mx.example.com", "spf=pass"]],
  ["rubbish among it", "mx; =; spf; spf=; ;;; dkim=pass", ["mx", "dkim=pass"]],
  ["nothing", "", undefined],
  ["no name", "; spf=pass", undefined],
])("reads %s", (_, field, expected) => {
  expect(brief(field)).toEqual(expected);
});

it("reads properties, quoted or not", () => {
  const parsed = parseAuthenticationResults(
    'mx; dkim=pass header.D=example.com header.i="@example.com" policy . x = y',
  );
  expect([...parsed!.results[0]!.properties]).toEqual([
    ["header.d", "example.com"],
    ["header.i", "@example.com"],
    ["policy.x", "y"],
  ]);
});

it.each(["(", '"', "a", "a.", "a-", "\\", ";", "a=", "a.b=", "spf=pass ", " "])(
  "is not held up by %s without end",
  (piece) => expectLinear(100_000, (size) => receiversResults([`mx; spf=pass ${piece.repeat(size)}`])),
);

describe("of several fields", () => {
  const results = (...fields: string[]) =>
    receiversResults(fields)?.results.map(({ method, result }) => `${method}=${result}`);

  it("believes the topmost", () => {
    expect(results("mx; spf=fail", "relay; spf=pass; dkim=pass", "mx; dmarc=pass")).toEqual(["spf=fail"]);
    expect(receiversResults(["mx; none", "relay; spf=pass"])).toEqual({ server: "mx", results: [] });
  });

  it("adds what other filters of the same server wrote below, and nothing they contradict", () => {
    expect(results("mx; dmarc=pass", "mx; dkim=pass", "mx; spf=pass; dkim=fail")).toEqual([
      "dmarc=pass",
      "dkim=pass",
      "spf=pass",
    ]);
  });

  it("knows nothing where there is none", () => {
    expect(receiversResults([])).toBeUndefined();
    expect(receiversResults([";"])).toBeUndefined();
  });
});
