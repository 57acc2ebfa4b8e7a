import { Throttle, type Limit } from "../../../../lib/systems/kit/simulator/throttle";

/** Seconds to wait for each request at these moments; undefined where it passes. */
function answers(limit: Limit, moments: readonly number[], requests: readonly string[] = []): (number | undefined)[] {
  let now = 0;
  const throttle = new Throttle(limit, { now: () => now, sleep: async () => undefined });
  return moments.map((at, index) => {
    now = at;
    let refused: number | undefined;
    try {
      throttle.pass(requests[index] ?? `GET /${index}`, (seconds) => {
        refused = seconds;
        return new Error("too many");
      });
    } catch {
      return refused;
    }
    return undefined;
  });
}

describe("a throttle", () => {
  it("refuses every so-and-so-manieth request", () => {
    expect(answers({ every: 3 }, [0, 0, 0, 0, 0, 0])).toEqual([undefined, undefined, 1, undefined, undefined, 1]);
  });

  it("refuses none twice in a row, so that many at once get through", () => {
    const requests = ["GET /a", "GET /b", "GET /b", "GET /c", "GET /b", "GET /b"];
    expect(answers({ every: 2 }, [0, 0, 0, 0, 0, 0], requests)).toEqual([
      undefined,
      1,
      undefined,
      undefined,
      1,
      undefined,
    ]);
  });

  it("lets so many pass in a window, says when there is room, and does not count what it refuses", () => {
    const limit = { requests: 2, windowMs: 10_000 };
    expect(answers(limit, [0, 4_000, 5_000, 9_999, 10_000, 10_001])).toEqual([
      undefined,
      undefined,
      5,
      1,
      undefined,
      4,
    ]);
  });

  it.each([{ every: 1 }, { requests: 0 }])(
    "keeps to itself when there is room again, where the vendor does: %j",
    (limit) => {
      const throttle = new Throttle({ ...limit, retryAfter: false }, { now: () => 0, sleep: async () => undefined });
      expect(() => throttle.pass("GET /", (seconds) => new Error(`in ${seconds} s`))).toThrow("in undefined s");
    },
  );

  it("refuses nothing without a limit", () => {
    expect(answers({}, [0, 0, 0])).toEqual([undefined, undefined, undefined]);
  });
});
