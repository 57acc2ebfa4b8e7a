import { once } from "node:events";
import { ProblemError, type Problem } from "../../../lib/core/problem";
import { silentLogger } from "../../../lib/core/log";
import { Redactor } from "../../../lib/core/redaction";
import type { Action } from "../../../lib/terraform-plugin/action";
import { writeDynamicValue } from "../../../lib/terraform-plugin/dynamic-value";
import { createProviderService } from "../../../lib/terraform-plugin/engine";
import type { Rpcs } from "../../../lib/terraform-plugin/protocol";
import { defineSchema, nestedObject, number, string } from "../../../lib/terraform-plugin/schema";
import { UNKNOWN, type ValueObject } from "../../../lib/terraform-plugin/values";
import { objectType } from "../../../lib/terraform-plugin/wire-schema";

const schema = defineSchema({
  type: "lab_knock",
  description: "Knocks.",
  attributes: {
    door: string("required", {
      description: "Which.",
      validators: [{ describes: "no window", check: (door) => (door === "window" ? noWindow : undefined) }],
    }),
    times: number("optional", { description: "How often.", default: 3 }),
    way: nestedObject({ hand: string("optional", { description: "…", default: "left" }) }, "optional", {
      description: "How.",
    }),
    key: string("optional", { description: "…", sensitive: true }),
  },
});
const noWindow: Omit<Problem, "path"> = {
  code: "lab/window",
  severity: "error",
  summary: "A window is no door",
  fix: "Name a door.",
};
const waits: Problem = {
  code: "lab/not-refreshed",
  severity: "warning",
  summary: "The lab was not looked at",
  got: "the objects as they were",
  fix: "Nothing.",
};

type Completed = Rpcs["InvokeAction"]["response"]["completed"];
type Connection = Partial<
  Record<"pending", () => Problem | undefined> & Record<"checkLogin", () => Promise<readonly Problem[]>>
>;

function lab(action: Partial<Action<typeof schema>> = {}, connection: Connection = {}, others: Connection = {}) {
  const redactor = new Redactor();
  const definition = {
    name: "lab",
    version: "1.0.0",
    description: "…",
    attributes: {},
    configure: () => undefined,
    resources: [],
    dataSources: [],
    actions: [
      {
        handler: { schema, invoke: async () => undefined, ...action },
        client: async () => "the client",
        ...connection,
        connectionTo: () => ({ client: async () => "another", ...others }),
      },
    ],
  };
  const service = createProviderService(definition as never, { log: silentLogger, redactor });
  const type = objectType(schema.attributes);
  const wire = (config: ValueObject) => ({
    json: new Uint8Array(),
    ...writeDynamicValue(type, { times: null, way: null, key: null, ...config }),
  });
  const controller = new AbortController();
  const call = { signal: controller.signal };
  return {
    service,
    controller,
    redactor,
    validate: (config: ValueObject) =>
      service.ValidateActionConfig!({ type_name: schema.type, config: wire(config) } as never, call),
    plan: (config: ValueObject, deferral_allowed = false) =>
      service.PlanAction!(
        { action_type: schema.type, config: wire(config), client_capabilities: { deferral_allowed } } as never,
        call,
      ),
    async invoke(config: ValueObject, type_name: string = schema.type) {
      const messages: string[] = [];
      let diagnostics: NonNullable<Completed>["diagnostics"];
      const request = { action_type: type_name, config: wire(config) };
      for await (const event of service.InvokeAction!(request as never, call)) {
        if (event.progress) messages.push(event.progress.message!);
        if (event.completed) diagnostics = event.completed.diagnostics;
      }
      return { messages, diagnostics: diagnostics! };
    },
  };
}

describe("an action that fails", () => {
  it("says so when it is over, after all that it reported", async () => {
    const { invoke } = lab({
      async invoke(_, { progress }) {
        progress("knocking");
        throw new ProblemError({
          code: "lab/locked",
          severity: "error",
          summary: "The door is locked",
          fix: "Unlock.",
        });
      },
    });
    const { messages, diagnostics } = await invoke({ door: "front" });
    expect(messages).toEqual(["knocking"]);
    expect(diagnostics).toMatchObject([{ severity: "ERROR", summary: "The door is locked" }]);
  });

  it("by a mistake of its own is a defect, with what it was doing", async () => {
    const { invoke } = lab({ invoke: async () => Promise.reject(new TypeError("no hand")) });
    expect((await invoke({ door: "front" })).diagnostics).toMatchObject([
      { summary: "The provider failed to invoke lab_knock", detail: expect.stringContaining("no hand") },
    ]);
  });

  it("before it knows its client is not invoked", async () => {
    let invoked = 0;
    const missing = new ProblemError({ code: "lab/no-url", severity: "error", summary: "No URL", fix: "Give one." });
    const { invoke } = lab({ invoke: async () => void (invoked += 1) }, {
      client: () => Promise.reject(missing),
    } as Connection);
    expect((await invoke({ door: "front" })).diagnostics).toMatchObject([{ summary: "No URL" }]);
    expect(invoked).toBe(0);
  });

  it("is not invoked with what only the apply has shown to be wrong", async () => {
    let invoked = 0;
    const { invoke } = lab({ invoke: async () => void (invoked += 1) });
    expect((await invoke({ door: "window" })).diagnostics).toMatchObject([{ summary: "A window is no door" }]);
    expect((await invoke({ door: UNKNOWN })).diagnostics).toMatchObject([
      { summary: "lab_knock was invoked before all of its configuration was known" },
    ]);
    expect(invoked).toBe(0);
  });

  it("by its signal tells why, and its messages end with it", async () => {
    const { invoke, controller } = lab({
      async invoke(_, { signal, progress }) {
        progress("waiting");
        controller.abort(
          new ProblemError({ code: "x/stopped", severity: "error", summary: "Told to stop", fix: "Again." }),
        );
        if (!signal.aborted) await once(signal, "abort");
        progress("stopping");
        throw signal.reason;
      },
    });
    const { messages, diagnostics } = await invoke({ door: "front" });
    expect(messages).toEqual(["waiting"]);
    expect(diagnostics).toMatchObject([
      {
        summary: "lab_knock was told to stop before its end",
        detail: expect.stringMatching(/-invoke=action\.lab_knock\.NAME[^]*Told to stop/),
      },
    ]);
  });

  it("tells what it found even when it was told to stop", async () => {
    const { invoke, controller } = lab({
      async invoke() {
        controller.abort(new Error("stop"));
        throw new ProblemError({
          code: "lab/locked",
          severity: "error",
          summary: "The door is locked",
          fix: "Unlock.",
        });
      },
    });
    expect((await invoke({ door: "front" })).diagnostics).toMatchObject([{ summary: "The door is locked" }]);
  });

  it("is not known", () => {
    const { service } = lab();
    const call = { signal: new AbortController().signal };
    expect(() => service.InvokeAction!({ action_type: "lab_kick" } as never, call)).toThrow(ProblemError);
  });
});

describe("what an action reports", () => {
  it("is redacted, of one line, of a length that can be read, and colours nothing", async () => {
    const { invoke } = lab({
      async invoke({ key }, { progress }) {
        progress(`opened with ${key}`);
        progress("one\nline \u001b[31mred\u001b[0m [hidden]gone[reset] at [::1]:25");
        progress("x".repeat(10_000));
      },
    });
    const { messages } = await invoke({ door: "front", key: "hunter2-hunter2" });
    expect(messages[0]).toBe("opened with (redacted)");
    expect(messages[1]).not.toMatch(/\n|\u001b|\[hidden\]|\[reset\]/);
    expect(messages[1]).toContain("(hidden)gone(reset) at [::1]:25");
    expect(messages[2]!.length).toBeLessThan(2_100);
  });

  it("may be nothing but an empty text: the message is there", async () => {
    const { invoke } = lab({ invoke: async (_, { progress }) => progress("") });
    expect((await invoke({ door: "front" })).messages).toEqual([""]);
  });

  it("is left out, and counted, where it comes faster than anybody reads", async () => {
    const { invoke } = lab({
      invoke: async (_, { progress }) => Array.from({ length: 1_003 }).forEach((_one, index) => progress(`${index}`)),
    });
    const { messages } = await invoke({ door: "front" });
    expect(messages).toHaveLength(1_001);
    expect(messages.slice(-2)).toEqual(["999", "(3 messages left out: they came faster than they were read)"]);
  });

  it("may be a warning, and comes with its success", async () => {
    const warning: Problem = { code: "lab/late", severity: "warning", summary: "It is late", fix: "Whisper." };
    const { invoke } = lab({ invoke: async (_, { report }) => report(warning) });
    expect((await invoke({ door: "front" })).diagnostics).toMatchObject([{ severity: "WARNING" }]);
  });
});

it("gets its configuration with defaults filled in, and its client", async () => {
  let got: unknown;
  const { invoke } = lab({ invoke: async (config, { client }) => void (got = { config, client }) });
  expect((await invoke({ door: "front", way: { hand: null } })).diagnostics).toEqual([]);
  expect(got).toEqual({
    config: { door: "front", times: 3, way: { hand: "left" }, key: null },
    client: "the client",
  });
});

describe("the schema that Terraform reads", () => {
  it("has the action, whose defaults make nothing computed", async () => {
    const { service } = lab();
    const call = { signal: new AbortController().signal };
    const { action_schemas } = await service.GetProviderSchema!({}, call);
    const { attributes } = action_schemas!["lab_knock"]!.schema!.block!;
    const flags = attributes!.map(({ name, optional, computed }) => [name, optional, computed]);
    expect(flags).toEqual([
      ["door", false, false],
      ["times", true, false],
      ["way", true, false],
      ["key", true, false],
    ]);
    expect(attributes![2]!.nested_type!.attributes).toMatchObject([{ name: "hand", optional: true, computed: false }]);
    expect((await service.GetMetadata!({}, call)).actions).toEqual([{ type_name: "lab_knock" }]);
  });
});

describe("before it is invoked", () => {
  it("what is known is judged, by validate and by the plan, and what is unknown is not", async () => {
    const { validate, plan } = lab();
    const wrong = [{ summary: "A window is no door", attribute: { steps: [{ attribute_name: "door" }] } }];
    expect((await validate({ door: "window" })).diagnostics).toMatchObject(wrong);
    expect((await plan({ door: "window" })).diagnostics).toMatchObject(wrong);
    for (const door of [UNKNOWN, "front"]) {
      expect((await validate({ door })).diagnostics).toEqual([]);
      expect((await plan({ door })).diagnostics).toEqual([]);
    }
  });

  it("a login that is refused is an error of the plan, its own or that of whom it asks", async () => {
    const refused = new ProblemError({
      code: "lab/login",
      severity: "error",
      summary: "Login refused",
      fix: "Log in.",
    });
    const refuses = { checkLogin: () => Promise.reject(refused) };
    expect((await lab({}, refuses).plan({ door: "front" })).diagnostics).toMatchObject([{ summary: "Login refused" }]);
    const asking = lab({ asks: ({ door }) => (door === "front" ? ["porter"] : []) }, {}, refuses);
    expect((await asking.plan({ door: "front" })).diagnostics).toMatchObject([{ summary: "Login refused" }]);
    expect((await asking.plan({ door: "back" })).diagnostics).toEqual([]);
  });

  it("settings that are not known yet are said, or defer it where Terraform can", async () => {
    const { plan } = lab({}, { pending: () => waits });
    const told = await plan({ door: "front" });
    expect(told.diagnostics).toMatchObject([{ severity: "WARNING", summary: "The lab was not looked at" }]);
    expect(told.diagnostics![0]!.detail).not.toContain("objects as they were");
    expect(told.deferred).toBeUndefined();
    expect(await plan({ door: "front" }, true)).toEqual({
      diagnostics: [],
      deferred: { reason: "PROVIDER_CONFIG_UNKNOWN" },
    });
  });
});
