import { Redactor } from "../../lib/core/redaction";
import { createLogger, levelFrom, type Level } from "../../lib/terraform-plugin/hclog";

function recorder(level: Level | undefined) {
  const lines: string[] = [];
  const redactor = new Redactor();
  const log = createLogger({
    level,
    write: (line) => lines.push(line),
    redactor,
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    name: "provider.lab",
  });
  return { lines, redactor, log };
}

describe("a secret", () => {
  it("is masked in message, fields, field names, errors and nested values", () => {
    const { log, lines, redactor } = recorder("trace");
    redactor.add('pass"word-1');
    log.info('login with pass"word-1', {
      'pass"word-1': true,
      nested: { list: ['pass"word-1'] },
      error: new Error('bad pass"word-1'),
      headers: { authorization: "Bearer abc.def" },
    });
    expect(lines[0]).not.toMatch(/word-1|abc\.def/);
    expect(() => JSON.parse(lines[0]!)).not.toThrow();
  });

  it("goes even if the line must go with it", () => {
    const { log, lines } = recorder("trace");
    log.info("sent", { body: "client_secret=abc" });
    log.info("sent", { client_secret: 5, note: 'x client_secret=" y' });
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ "@level": "info", "@module": "provider.lab" });
    expect(lines.join()).not.toContain("abc");
  });
});

describe("a line", () => {
  it("is what Terraform parses: six fractional digits, one line", () => {
    const { log, lines } = recorder("info");
    log.warn("two\nlines", { attempt: 2 });
    expect(JSON.parse(lines[0]!)).toEqual({
      "@level": "warn",
      "@message": "two lines",
      "@module": "provider.lab",
      "@timestamp": "2026-01-02T03:04:05.006000Z",
      attempt: 2,
    });
    expect(lines[0]!.match(/\n/g)).toHaveLength(1);
  });

  it("stays below 64 KB, still as JSON", () => {
    const { log, lines } = recorder("info");
    log.info("short", { body: "x".repeat(100_000) });
    log.info("\u0001".repeat(100_000));
    log.info("ü".repeat(100_000), { many: Array.from({ length: 10_000 }, (_, index) => `${index}`) });
    for (const line of lines) {
      expect(Buffer.byteLength(line)).toBeLessThan(65_536);
      expect(JSON.parse(line).cut_bytes).toBeGreaterThan(0);
    }
  });

  it("cannot be spoilt by its fields", () => {
    const { log, lines } = recorder("info");
    const circle: Record<string, unknown> = { twice: [1, 1] };
    circle["self"] = circle;
    log.info("odd", { circle, big: 2n ** 70n, nothing: undefined, "@level": "error" });
    expect(JSON.parse(lines[0]!)).toMatchObject({
      "@level": "info",
      big: "1180591620717411303424",
      circle: { self: "(circular)", twice: [1, 1] },
    });
  });

  it("shows the same object twice when it is no circle", () => {
    const { log, lines } = recorder("info");
    const shared = { a: 1 };
    log.info("twice", { first: shared, second: shared });
    expect(JSON.parse(lines[0]!)).toMatchObject({ first: { a: 1 }, second: { a: 1 } });
  });
});

describe("the level", () => {
  it("is off by default, and formats nothing then", () => {
    const { log, lines } = recorder(undefined);
    const poison = {
      get field(): string {
        throw new Error("formatted");
      },
    };
    log.error("x", poison);
    expect(lines).toEqual([]);
  });

  it("lets through what is at least as grave", () => {
    const { log, lines } = recorder("warn");
    for (const level of ["trace", "debug", "info", "warn", "error"] as const) log[level](level);
    expect(lines.map((line) => JSON.parse(line)["@level"])).toEqual(["warn", "error"]);
  });

  it.each<[Record<string, string>, Level | undefined]>([
    [{}, undefined],
    [{ TF_LOG: "DEBUG" }, "debug"],
    [{ TF_LOG: "json" }, "trace"],
    [{ TF_LOG: "off" }, undefined],
    [{ TF_LOG: "trace", TF_LOG_PROVIDER: "WARN" }, "warn"],
    [{ TF_LOG_PROVIDER: "", TF_LOG: "info" }, "info"],
  ])("is read from %j", (env, level) => expect(levelFrom(env)).toBe(level));
});
