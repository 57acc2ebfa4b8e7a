import { faultFromText } from "../../lib/sandbox/fault-syntax";

describe("a fault written on the command line", () => {
  it.each([
    [
      "POST /**/outgoingFlow reset-after",
      { method: "POST", path: "/**/outgoingFlow", effect: { kind: "reset-after" } },
    ],
    [
      "GET /task/* status=429 times=3 after=1 system=ovh",
      { method: "GET", path: "/task/*", effect: { kind: "status", status: 429 }, times: 3, after: 1, system: "ovh" },
    ],
    ["ANY /** delay=2000 times=always", { path: "/**", effect: { kind: "delay", ms: 2000 }, times: "always" }],
    ["GET /x slow-body=40", { method: "GET", path: "/x", effect: { kind: "slow-body", ms: 40 } }],
    ["GET /x truncated", { method: "GET", path: "/x", effect: { kind: "truncated" } }],
    ["DELETE /x fake-success", { method: "DELETE", path: "/x", effect: { kind: "fake-success" } }],
    ["PUT /x fake-success=200", { method: "PUT", path: "/x", effect: { kind: "fake-success", status: 200 } }],
    ["PUT /x maintenance", { method: "PUT", path: "/x", effect: { kind: "maintenance" } }],
    ["GET /x stale", { method: "GET", path: "/x", effect: { kind: "stale" } }],
    ["GET /x stale=last-write", { method: "GET", path: "/x", effect: { kind: "stale", from: "last-write" } }],
    ["GET /x omit", { method: "GET", path: "/x", effect: { kind: "omit" } }],
    ["GET /x omit=41", { method: "GET", path: "/x", effect: { kind: "omit", id: "41" } }],
  ])("%s", (text, fault) => expect(faultFromText(text)).toEqual(fault));

  it.each([
    ["", "needs a method"],
    ["POST /x", "needs a method"],
    ["POST x stale", "does not begin with /"],
    ["post /x stale", "not an HTTP method"],
    ["POST /x explode", "no effect"],
    ["POST /x status=99", "not an HTTP status"],
    ["POST /x fake-success=404", "no success"],
    ["GET /x stale=yesterday", "no beginning"],
    ["POST /x status", "not a number"],
    ["POST /x stale often=2", "no option"],
  ])("%j is refused: %s", (text, reason) => {
    expect(() => faultFromText(text)).toThrow(reason);
    expect(() => faultFromText(text)).toThrow("sandbox/fault-syntax");
  });
});
