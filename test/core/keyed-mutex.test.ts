import { KeyedMutex } from "../../lib/core/keyed-mutex";

/** Something that goes on until it is told to end. */
function step(order: string[], name: string) {
  let end: (error?: Error) => void = () => undefined;
  const act = () => {
    order.push(`begin ${name}`);
    return new Promise<string>((resolve, reject) => {
      end = (error) => {
        order.push(`end ${name}`);
        if (error) reject(error);
        else resolve(name);
      };
    });
  };
  return { act, end: (error?: Error) => end(error) };
}
const settled = () => new Promise(setImmediate);

it("lets one after the other do something about the same thing, in their order", async () => {
  const mutex = new KeyedMutex();
  const order: string[] = [];
  const [first, second, third] = ["1", "2", "3"].map((name) => step(order, name)) as [
    ReturnType<typeof step>,
    ReturnType<typeof step>,
    ReturnType<typeof step>,
  ];
  const all = [first, second, third].map(({ act }) => mutex.run("a", act));
  await settled();
  expect(order).toEqual(["begin 1"]);
  first.end();
  await settled();
  expect(order.slice(1)).toEqual(["end 1", "begin 2"]);
  second.end();
  await settled();
  third.end();
  expect(await Promise.all(all)).toEqual(["1", "2", "3"]);
});

it("tells a failure to whom it belongs, and goes on with the next", async () => {
  const mutex = new KeyedMutex();
  const order: string[] = [];
  const [first, second] = [step(order, "1"), step(order, "2")];
  const failing = mutex.run("a", first.act);
  const next = mutex.run("a", second.act);
  await settled();
  first.end(new Error("the first"));
  await expect(failing).rejects.toThrow("the first");
  await settled();
  second.end();
  expect(await next).toBe("2");
});

it("keeps nobody waiting for another thing", async () => {
  const mutex = new KeyedMutex();
  const order: string[] = [];
  const [first, other] = [step(order, "1"), step(order, "other")];
  const running = [mutex.run("a", first.act), mutex.run("b", other.act)];
  await settled();
  expect(order).toEqual(["begin 1", "begin other"]);
  first.end();
  other.end();
  await Promise.all(running);
});

it("remembers nothing once all is done, and forgets nobody who waits", async () => {
  const mutex = new KeyedMutex();
  const { last } = mutex as unknown as { readonly last: ReadonlyMap<string, unknown> };
  const order: string[] = [];
  const [first, second] = [step(order, "1"), step(order, "2")];
  const running = [mutex.run("a", first.act), mutex.run("a", second.act)];
  await settled();
  first.end();
  await running[0];
  expect([...last.keys()]).toEqual(["a"]);
  await settled();
  second.end();
  await running[1];
  expect(last.size).toBe(0);
});
