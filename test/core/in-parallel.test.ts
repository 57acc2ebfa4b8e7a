import { inParallel } from "../../lib/core/in-parallel";

describe("doing things side by side", () => {
  it("starts none after a failure, and ends when those that had begun have ended", async () => {
    const began: number[] = [];
    let release = () => {};
    const slow = new Promise<void>((resolve) => (release = resolve));
    let ended = false;
    const all = inParallel([1, 2, 3, 4], 2, async (item) => {
      began.push(item);
      if (item === 1) throw new Error("the first");
      await slow;
      ended = true;
    });
    release();
    await expect(all).rejects.toThrow("the first");
    expect({ began, ended }).toEqual({ began: [1, 2], ended: true });
  });

  it("keeps the order of the items and the limit", async () => {
    let [running, most] = [0, 0];
    const results = await inParallel([5, 1, 3, 0], 3, async (ticks) => {
      most = Math.max(most, (running += 1));
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      running -= 1;
      return ticks * 2;
    });
    expect(results).toEqual([10, 2, 6, 0]);
    expect(most).toBe(3);
  });

  it("does nothing with nothing", async () => {
    expect(await inParallel([], 4, () => Promise.reject(new Error("called")))).toEqual([]);
  });
});
