import type { RecordedRequest } from "../../lib/sandbox";
import { Judge } from "./judge";
import { openApi } from "./openapi";
import { ovhFormat } from "./ovh-format";

const OPENAPI = {
  paths: {
    "/levels": { get: { responses: { 200: { content: { "application/json": { schema: { type: "array" } } } } } } },
    "/levels/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
      get: {
        responses: { 200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Level" } } } } },
      },
      put: {
        parameters: [{ name: "force", in: "query", required: true, schema: { type: "boolean" } }],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Level" } } },
        },
        responses: { 204: {} },
      },
    },
    "/levels/{id}/free": {
      post: {
        requestBody: { content: { "application/json": { schema: { type: "object" } } } },
        responses: { 200: {} },
      },
    },
  },
  components: {
    schemas: {
      Kind: { type: "string", enum: ["Email", "Phone"] },
      Named: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
      Level: {
        allOf: [{ $ref: "#/components/schemas/Named" }],
        required: ["mode", "hash"],
        type: "object",
        properties: {
          mode: { type: "string", enum: ["count", "duration"] },
          hash: { type: "string", readOnly: true },
          guid: { type: "string", format: "guid", nullable: true },
          kind: { type: "object", allOf: [{ $ref: "#/components/schemas/Kind" }] },
          members: { type: "array", items: { $ref: "#/components/schemas/Named" } },
        },
      },
    },
  },
};

const OVH = {
  apis: [
    {
      path: "/flows/{id}",
      operations: [
        {
          httpMethod: "POST",
          responseType: "Flow",
          parameters: [
            { name: "id", paramType: "path", dataType: "long", required: true },
            { name: "ip", paramType: "body", dataType: "ipv4", required: true },
            { name: "port", paramType: "body", dataType: "long", required: false },
          ],
        },
      ],
    },
  ],
  models: {
    Flow: { properties: { state: { type: "State", canBeNull: false }, since: { type: "datetime", canBeNull: true } } },
    State: { enum: ["on", "off"] },
  },
};

const openapi = new Judge(openApi("openapi", OPENAPI));
const ovh = new Judge(ovhFormat("ovh", OVH));

function judged(judge: Judge, method: string, url: string, rest: Partial<RecordedRequest> = {}): string[] {
  const [path, query] = url.split("?");
  const found = judge.find(method, path!);
  if (found === undefined) return ["no such operation"];
  const recorded = {
    query: Object.fromEntries(new URLSearchParams(query)),
    status: 204,
    body: undefined,
    answer: undefined,
    ...rest,
  } as RecordedRequest;
  return [...judge.request(found, recorded), ...judge.answer(found, recorded)];
}

const LEVEL = { name: "first", mode: "count" };
const put = (body: unknown, url = "/levels/1?force=true") => judged(openapi, "PUT", url, { body });

describe("a contract in OpenAPI", () => {
  it("allows what it declares", () => {
    expect(put({ ...LEVEL, guid: null, kind: "Email", members: [{ name: "x" }] })).toEqual([]);
    expect(judged(openapi, "GET", "/levels/1", { status: 200, answer: { ...LEVEL, hash: "h" } })).toEqual([]);
  });

  it("knows no other path and no other method", () => {
    expect(judged(openapi, "GET", "/level")).toEqual(["no such operation"]);
    expect(judged(openapi, "DELETE", "/levels/1")).toEqual(["no such operation"]);
  });

  it.each([
    ["a required property that is missing", { mode: "count" }, "body: it must have required property 'name'"],
    [
      "a property that is not declared",
      { ...LEVEL, colour: "red" },
      "body: it must NOT have unevaluated properties: colour",
    ],
    [
      "one further down",
      { ...LEVEL, members: [{ name: "x", age: 3 }] },
      "body: /members/0 must NOT have unevaluated properties: age",
    ],
    ["a value of another type", { ...LEVEL, name: 7 }, "body: /name must be string (got 7)"],
    [
      "a word that is not in the list",
      { ...LEVEL, mode: "x" },
      "body: /mode must be equal to one of the allowed values",
    ],
    ["no body", undefined, "sends no body, one is required"],
  ])("refuses %s", (_, body, expected) => {
    expect(put(body).join()).toContain(expected);
  });

  it("refuses parameters that are missing, undeclared or of another type", () => {
    expect(put(LEVEL, "/levels/1")).toEqual(["query parameter force is required"]);
    expect(put(LEVEL, "/levels/1?force=true&dry=1")).toEqual(["query parameter dry is not declared"]);
    expect(put(LEVEL, "/levels/first?force=maybe")).toEqual([
      'path parameter id: it must be integer (got "first")',
      'query parameter force: it must be boolean (got "maybe")',
    ]);
  });

  it("leaves free what the vendor leaves free", () => {
    expect(judged(openapi, "POST", "/levels/1/free", { body: { anything: { goes: 1 } }, status: 200 })).toEqual([]);
  });

  it("takes a mask for the secret it hides, but not for another type", () => {
    expect(put({ ...LEVEL, guid: "(redacted)" })).toEqual([]);
    expect(put({ ...LEVEL, members: "(redacted)" }).join()).toContain("/members must be array");
  });

  it("refuses answers of the simulator that the vendor never gives", () => {
    const get = (status: number, answer: unknown) => judged(openapi, "GET", "/levels/1", { status, answer });
    expect(get(201, LEVEL)).toEqual(["answers 201, not among 200"]);
    expect(get(200, { ...LEVEL, level: 3 }).join()).toContain("unevaluated properties: level");
    expect(get(503, "busy")).toEqual([]);
    expect(judged(openapi, "PUT", "/levels/1?force=true", { body: LEVEL, answer: { ok: true } })).toEqual([
      "answers 204 with a body, none is declared",
    ]);
  });
});

describe("a contract in OVHcloud's format", () => {
  const post = (body: unknown, answer: unknown = { state: "on", since: null }) =>
    judged(ovh, "POST", "/flows/41", { body, status: 200, answer });

  it("allows what it declares", () => {
    expect(post({ ip: "203.0.113.25", port: 587 })).toEqual([]);
    expect(post({ ip: "203.0.113.25" }, { state: "off", since: "2026-01-01T00:00:00+01:00" })).toEqual([]);
  });

  it.each([
    [{ port: 587 }, "must have required property 'ip'"],
    [{ ip: "2001:db8::1" }, '/ip must match format "ipv4"'],
    [{ ip: "203.0.113.25", port: "587" }, "/port must be integer"],
    [{ ip: "203.0.113.25", servicePort: 587 }, "must NOT have additional properties: servicePort"],
  ])("refuses the body %j", (body, expected) => {
    expect(post(body).join()).toContain(expected);
  });

  it.each([
    [{ state: "open" }, "answer 200: /state must be equal to one of the allowed values"],
    [{ state: null }, "answer 200: /state"],
    [{ state: "on", task: 3 }, "answer 200: it must NOT have additional properties: task"],
  ])("refuses the answer %j", (answer, expected) => {
    expect(post({ ip: "203.0.113.25" }, answer).join()).toContain(expected);
  });
});
