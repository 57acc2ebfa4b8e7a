import { openAcme, page, pagerWords, type Acme, type AcmeOptions, type Pager } from "../../support/acme";
import { problemsOf } from "../../support/system-room";

const { signal } = new AbortController();
const prod: Pager = { id: "7", name: "Prod", port: 587 };
const ref = { name: "Prod", id: "7" };
const right = ({ port }: Pager) => (port === 587 ? [] : [`port is ${port}, declared 587`]);
const body = { name: "Prod", port: 587 };

let acme: Acme;
afterEach(() => acme?.close());
const open = async (options?: AcmeOptions, ...held: Pager[]) => {
  acme = await openAcme(options);
  for (const one of held) acme.pagers.set(one.id, one);
  return acme.collection;
};

describe("an object", () => {
  it("is called by another name in another resource type's collection, which shares the list", async () => {
    const collection = await open({}, prod);
    const other = collection.as({ ...pagerWords, kind: "beeper" });
    await Promise.all([collection.find("7", { signal }), other.find("7", { signal })]);
    expect(acme.requests).toEqual(["GET /pagers"]);
    acme.pagers.clear();
    const [problem] = await problemsOf(other.settled(ref, right, "change", signal));
    expect(problem!.summary).toContain('The beeper "Prod"');
  });

  it("that is known to have the name is asked for although no list shows it", async () => {
    const collection = await open(
      { answer: (request) => (request === "GET /pagers" ? { status: 200, body: [] } : undefined) },
      prod,
      { ...prod, id: "8", name: "Other" },
    );
    expect(await collection.named("Prod", signal)).toEqual([]);
    expect(await collection.named("Prod", signal, ["7", "8", "9"])).toMatchObject([{ id: "7" }]);
  });

  it("that is known to have the name counts once where the list shows it, too", async () => {
    const collection = await open(
      { collection: { sameId: (a, b) => a.toLowerCase() === b.toLowerCase() } },
      {
        ...prod,
        id: "a7",
      },
    );
    expect(await collection.named("Prod", signal, ["a7", "A7"])).toMatchObject([{ id: "a7" }]);
  });

  it("has beside it what appeared at the same moment", async () => {
    const collection = await open({}, prod);
    await collection.list(signal);
    acme.pagers.set("8", { ...prod, id: "8" });
    acme.pagers.set("9", { ...prod, id: "9", name: "Other" });
    expect(await collection.besides(ref, signal)).toMatchObject([{ id: "8" }]);
  });

  it("is found in one list that all readers share", async () => {
    const collection = await open({}, prod, { ...prod, id: "8" });
    expect(await Promise.all(["7", "8", "7"].map((id) => collection.find(id, { signal })))).toMatchObject([
      { id: "7" },
      { id: "8" },
      { id: "7" },
    ]);
    expect(acme.requests).toEqual(["GET /pagers"]);
  });

  it("that the list does not have is asked for by its id before it counts as gone", async () => {
    const collection = await open(
      { answer: (request) => (request === "GET /pagers" ? { status: 200, body: [] } : undefined) },
      prod,
    );
    expect(await collection.find("7", { signal })).toMatchObject(prod);
    expect(await collection.find("9", { signal })).toBeUndefined();
  });

  it("is read by id when the list shows a short form of it", async () => {
    const collection = await open(
      {
        answer: (request) =>
          request === "GET /pagers" ? { status: 200, body: [{ id: "7", name: "Prod" }] } : undefined,
        collection: { isWhole: (one) => one.port !== undefined },
      },
      prod,
    );
    expect(await collection.find("7", { signal })).toMatchObject({ port: 587 });
  });

  it("is not gone because a web server before the system says 404", async () => {
    const collection = await open({ answer: (request) => (request === "GET /pagers/7" ? page(404) : undefined) }, prod);
    expect(await collection.get("7", signal)).toMatchObject(prod);
  });

  it("is gone when an answer that may say so agrees with the list", async () => {
    const answer: AcmeOptions["answer"] = (request) =>
      /GET .pagers.\d/.test(request) ? { status: 400, body: { message: "invalid parameter" } } : undefined;
    const collection = await open({ answer, collection: { absence: { unsure: [400] } } });
    expect(await collection.get("7", signal)).toBeUndefined();
    acme.pagers.set("7", prod);
    expect(await collection.get("7", signal)).toMatchObject(prod);
  });

  it("that only a short form in the list speaks for is not gone, and was refused", async () => {
    const answer: AcmeOptions["answer"] = (request) => (request === "GET /pagers/7" ? { status: 400 } : undefined);
    const isWhole = () => false;
    const collection = await open({ answer, collection: { isWhole, absence: { unsure: [400] } } }, prod);
    expect(await problemsOf(collection.get("7", signal))).toMatchObject([{ code: "acme/status-400" }]);
    acme.pagers.clear();
    expect(await collection.get("7", signal)).toBeUndefined();
  });

  it("is not gone when such an answer speaks of something else", async () => {
    const answer: AcmeOptions["answer"] = (request) =>
      /GET .pagers.\d/.test(request) ? { status: 400, body: { message: "too old" } } : undefined;
    const collection = await open({
      answer,
      collection: { absence: { unsure: [400], mayBe: ({ text }) => /unknown/.test(text) } },
    });
    const [problem] = await problemsOf(collection.get("7", signal));
    expect(problem).toMatchObject({
      code: "acme/status-400",
      summary: "Acme Monitor refused; could not read the pager (id 7)",
      evidence: "400 too old",
    });
  });

  it("cannot break out of its path", async () => {
    const collection = await open({}, prod);
    await collection.get("7/../8?x", signal);
    expect(acme.requests).toEqual(["GET /pagers/7%2F..%2F8%3Fx"]);
  });

  it("is told to whoever must know its secrets, from a list and by id", async () => {
    const seen: string[] = [];
    const collection = await open({ collection: { learn: ({ id }) => void seen.push(id) } }, prod);
    await collection.list(signal);
    await collection.get("7", signal);
    expect(seen).toEqual(["7", "7"]);
  });
});

it("a path of its own leads to an object where the system has one", async () => {
  const collection = await open({ collection: { pathOf: (id) => `/pagers/${id}/whole` } }, prod);
  expect(await collection.get("7", signal)).toMatchObject(prod);
  expect(acme.requests).toEqual(["GET /pagers/7/whole"]);
});

describe("asking for the list", () => {
  it("shows a refused login, and takes a list that is missing for an answer", async () => {
    const statuses = [401, 405];
    const answer: AcmeOptions["answer"] = () => ({ status: statuses.shift()! });
    const collection = await open({ answer, collection: { mayLackList: true } });
    expect(await problemsOf(collection.ask(signal))).toHaveLength(1);
    expect(await collection.ask(signal)).toBeUndefined();
  });

  it("waits for it to show a change, a few seconds at most, and is no error", async () => {
    let lists = 0;
    const answer: AcmeOptions["answer"] = (request) =>
      request === "GET /pagers" && ++lists < 4 ? { status: 200, body: [{ ...prod, port: 25 }] } : undefined;
    const collection = await open({ answer }, prod);
    const isRight = ({ port }: Pager) => port === 587;
    await collection.listed("7", isRight, signal);
    expect(lists).toBe(4);
    expect(acme.slept()).toBeLessThan(5_000);
    await collection.listed("8", isRight, signal);
    await collection.listed("7", () => false, signal);
    expect(acme.slept()).toBeGreaterThan(10_000);
    expect(acme.slept()).toBeLessThan(15_000);
  });
});

describe("a list call that is missing", () => {
  const answer: AcmeOptions["answer"] = (request) => (request === "GET /pagers" ? { status: 405 } : undefined);

  it("proves no absence where the answer for the object may mean anything", async () => {
    const unsure: AcmeOptions["answer"] = (request) =>
      request === "GET /pagers/7" ? { status: 400 } : answer(request, acme);
    const collection = await open({ answer: unsure, collection: { mayLackList: true, absence: { unsure: [400] } } });
    expect(await problemsOf(collection.get("7", signal))).toMatchObject([{ code: "acme/status-400" }]);
  });

  it("keeps nobody from creating", async () => {
    const collection = await open({ answer, collection: { mayLackList: true } });
    expect(await collection.create("Prod", { body }, () => true, signal)).toMatchObject({ id: "1" });
    expect(await collection.besides({ name: "Prod", id: "1" }, signal)).toEqual([]);
  });

  it("is said to those who need all, and asked for once", async () => {
    const collection = await open({ answer, collection: { mayLackList: true } }, prod);
    expect(await problemsOf(collection.list(signal))).toMatchObject([{ code: "acme/no-list" }]);
    expect(await collection.find("7", { signal })).toMatchObject(prod);
    expect(await collection.named("Prod", signal)).toEqual([]);
    expect(acme.requests).toEqual(["GET /pagers", "GET /pagers/7"]);
  });

  it("is an error where the vendor documents it", async () => {
    const collection = await open({ answer }, prod);
    expect(await problemsOf(collection.find("7", { signal }))).toMatchObject([{ code: "acme/status-405" }]);
  });
});

describe("names", () => {
  it("are compared with the objects as they are now", async () => {
    const stale = [prod, { ...prod, id: "8" }, { ...prod, id: "9" }, { ...prod, id: "10", name: "Other" }];
    const collection = await open(
      { answer: (request) => (request === "GET /pagers" ? { status: 200, body: stale } : undefined) },
      prod,
      { ...prod, id: "8", name: "renamed" },
    );
    expect(await collection.named("Prod", signal)).toMatchObject([{ id: "7" }]);
    expect(acme.requests).not.toContain("GET /pagers/10");
  });
});

describe("a creation", () => {
  it("answers with what the system answered", async () => {
    const collection = await open();
    expect(await collection.create("Prod", { body }, () => true, signal)).toMatchObject({ id: "1" });
    expect(acme.requests).toEqual(["GET /pagers", "POST /pagers"]);
    expect(await collection.find("1", { signal })).toMatchObject(body);
  });

  it("whose reply is lost finds the object that was not there before", async () => {
    let broken = false;
    const answer: AcmeOptions["answer"] = (request) =>
      request.startsWith("POST") && !broken ? ((broken = true), "break") : undefined;
    // An equal one of somebody else must not be mistaken for ours.
    const collection = await open({ answer }, prod);
    expect(await collection.create("Prod", { body }, (one) => right(one).length === 0, signal)).toMatchObject({
      id: "1",
    });
    expect([...acme.pagers.keys()]).toEqual(["7", "1"]);
  });

  it("whose reply does not show the object finds it, also when the list is late", async () => {
    let lists = 0;
    const answer: AcmeOptions["answer"] = (request, { pagers }) => {
      if (request.startsWith("POST")) return (pagers.set("5", { ...prod, id: "5" }), { status: 201 });
      return request === "GET /pagers" && ++lists < 4 ? { status: 200, body: [] } : undefined;
    };
    const collection = await open({ answer });
    expect(await collection.create("Prod", { body }, () => true, signal)).toMatchObject({ id: "5" });
    expect(lists).toBe(4);
  });

  it("that only a maintenance page said yes to is an error, after a while", async () => {
    const collection = await open({ answer: (request) => (request.startsWith("POST") ? page(200) : undefined) });
    const [problem] = await problemsOf(collection.create("Prod", { body }, () => true, signal));
    expect(problem).toMatchObject({
      code: "acme/not-shown",
      fix: expect.stringContaining("terraform import outbound_acme_pager.NAME ID"),
    });
    expect(acme.slept()).toBe(60_000);
  });

  it("that failed and left nothing says what failed", async () => {
    const collection = await open({
      answer: (request) => (request.startsWith("POST") ? { status: 500, body: { message: "disk full" } } : undefined),
    });
    const [problem] = await problemsOf(collection.create("Prod", { body }, () => true, signal));
    expect(problem).toMatchObject({
      code: "http/status-500",
      summary: expect.stringContaining('create the pager "Prod"'),
    });
    expect(acme.slept()).toBeLessThan(60_000);
  });

  it("that failed says what failed, also where nobody can look whether it left something", async () => {
    let hasFailed = false;
    const answer: AcmeOptions["answer"] = (request) => {
      if (request.startsWith("POST")) return ((hasFailed = true), { status: 500, body: { message: "disk full" } });
      return hasFailed ? { status: 403 } : undefined;
    };
    const collection = await open({ answer });
    expect(await problemsOf(collection.create("Prod", { body }, () => true, signal))).toMatchObject([
      { code: "http/status-500", summary: expect.stringContaining('create the pager "Prod"') },
    ]);
  });

  it("that was refused is not looked for", async () => {
    const collection = await open({
      answer: (request) =>
        request.startsWith("POST") ? { status: 422, body: { errors: { port: ["too big"] } } } : undefined,
    });
    expect(await problemsOf(collection.create("Prod", { body }, () => true, signal))).toMatchObject([
      { evidence: "422 port: too big" },
    ]);
    expect(acme.requests).toEqual(["GET /pagers", "POST /pagers"]);
  });

  it("beside another one of the same name at the same moment is no guess", async () => {
    const answer: AcmeOptions["answer"] = (request, { pagers }) => {
      if (!request.startsWith("POST")) return undefined;
      for (const id of ["5", "6"]) pagers.set(id, { ...prod, id });
      return { status: 201 };
    };
    const collection = await open({ answer });
    expect(await problemsOf(collection.create("Prod", { body }, () => true, signal))).toMatchObject([
      { code: "acme/ambiguous", got: "ids 5, 6" },
    ]);
  });
});

describe("a change", () => {
  const put = { method: "PUT", body: { port: 587 } } as const;

  it("is believed when it shows, although it shows late", async () => {
    let looks = 0;
    const answer: AcmeOptions["answer"] = (request) =>
      request === "GET /pagers/7" && ++looks < 4 ? { status: 200, body: { ...prod, port: 25 } } : undefined;
    const collection = await open({ answer }, { ...prod, port: 25 });
    expect(await collection.change(ref, put, right, signal)).toMatchObject({ port: 587 });
    expect(looks).toBe(4);
  });

  it("that only a maintenance page said yes to is an error of ours", async () => {
    const collection = await open(
      { answer: (request) => (request.startsWith("PUT") ? page(200) : undefined) },
      { ...prod, port: 25 },
    );
    expect(await problemsOf(collection.change(ref, put, right, signal))).toMatchObject([
      { code: "acme/not-kept", got: "port is 25, declared 587" },
    ]);
    expect(acme.slept()).toBe(60_000);
  });

  it("of an object that went meanwhile says so at once", async () => {
    const collection = await open({ answer: (request) => (request.startsWith("PUT") ? { status: 204 } : undefined) });
    expect(await problemsOf(collection.change(ref, put, right, signal))).toMatchObject([{ code: "acme/vanished" }]);
    expect(acme.slept()).toBe(0);
  });

  it("that was refused is no change that does not show, and of what is gone there is none", async () => {
    const answer: AcmeOptions["answer"] = (request) => (request.startsWith("PUT") ? { status: 403 } : undefined);
    const collection = await open({ answer, collection: { absence: { unsure: [403] } } }, { ...prod, port: 25 });
    expect(await problemsOf(collection.change(ref, put, right, signal))).toMatchObject([{ code: "acme/forbidden" }]);
    expect(acme.requests).toEqual(["PUT /pagers/7", "GET /pagers"]);
    acme.pagers.clear();
    expect(await problemsOf(collection.change(ref, put, right, signal))).toMatchObject([{ code: "acme/vanished" }]);
    expect(acme.slept()).toBe(0);
  });

  it("makes the list stale", async () => {
    const collection = await open({}, { ...prod, port: 25 });
    await collection.list(signal);
    await collection.change(ref, put, right, signal);
    expect(await collection.list(signal)).toMatchObject([{ port: 587 }]);
  });

  it("stops waiting when it is told to", async () => {
    const stop = new AbortController();
    const collection = await open(
      {
        answer: (request) => (request === "GET /pagers/7" ? (stop.abort(new Error("stopped")), undefined) : undefined),
      },
      { ...prod, port: 25 },
    );
    await expect(collection.change(ref, put, right, stop.signal)).rejects.toThrow(
      /given up before Acme Monitor answered/,
    );
  });
});

describe("a new object", () => {
  it("that never comes is not mistaken for one that somebody removed", async () => {
    const collection = await open();
    expect(await problemsOf(collection.settled(ref, right, "creation", signal))).toMatchObject([
      { code: "acme/not-shown" },
    ]);
    expect(acme.slept()).toBe(60_000);
  });
});

describe("a deletion", () => {
  it.each([
    ["a maintenance page", page(200)],
    ["nothing", { status: 200 }],
  ])("that was answered by %s is not believed while the object is there", async (_, reply) => {
    const collection = await open({ answer: (request) => (request.startsWith("DELETE") ? reply : undefined) }, prod);
    const [problem] = await problemsOf(collection.delete(ref, signal));
    expect(problem).toMatchObject({
      code: "acme/not-gone",
      summary: 'Acme Monitor said yes to the deletion of the pager "Prod" (id 7), but still has it',
    });
    expect(acme.slept()).toBe(60_000);
  });

  it("is done when the object is gone, although it goes late", async () => {
    let looks = 0;
    const answer: AcmeOptions["answer"] = (request) =>
      request === "GET /pagers/7" && ++looks < 3 ? { status: 200, body: prod } : undefined;
    const collection = await open({ answer }, prod);
    expect(await collection.delete(ref, signal)).toBe(true);
    expect(looks).toBe(3);
  });

  it("of what is gone already is fine", async () => {
    const collection = await open();
    expect(await collection.delete(ref, signal)).toBe(false);
  });

  it("of what is gone already by the answer, and there when asked for, is not believed", async () => {
    const answer: AcmeOptions["answer"] = (request) =>
      request.startsWith("DELETE") ? { status: 404, body: { message: "no such route" } } : undefined;
    const collection = await open({ answer }, prod);
    expect(await problemsOf(collection.delete(ref, signal))).toMatchObject([
      {
        code: "acme/not-gone",
        summary: 'Acme Monitor said that the pager "Prod" (id 7) does not exist, but still has it',
        evidence: expect.stringContaining("no such route"),
      },
    ]);
  });

  it("that was refused says of what", async () => {
    const collection = await open(
      {
        answer: (request) => (request.startsWith("DELETE") ? { status: 409, body: { message: "in use" } } : undefined),
      },
      prod,
    );
    expect(await problemsOf(collection.delete(ref, signal))).toMatchObject([
      {
        code: "acme/status-409",
        summary: 'Acme Monitor refused; could not delete the pager "Prod" (id 7)',
        evidence: "409 in use",
      },
    ]);
  });

  it("that may have been refused, or came too late, is decided by the list", async () => {
    const answer: AcmeOptions["answer"] = (request) => (/.pagers.\d/.test(request) ? { status: 403 } : undefined);
    const collection = await open({ answer, collection: { absence: { unsure: [403] } } }, prod);
    expect(await problemsOf(collection.delete(ref, signal))).toMatchObject([{ code: "acme/forbidden" }]);
    acme.pagers.clear();
    expect(await collection.delete(ref, signal)).toBe(false);
  });

  it("that is told to stop while it looks says so", async () => {
    const stop = new AbortController();
    const answer: AcmeOptions["answer"] = (request) =>
      request.startsWith("GET") ? (stop.abort(new Error("stopped")), undefined) : undefined;
    const collection = await open({ answer }, prod);
    await expect(collection.delete(ref, stop.signal)).rejects.toThrow(/given up before Acme Monitor answered/);
  });

  it("after which nobody can look is not believed either", async () => {
    const answer: AcmeOptions["answer"] = (request) => (request.startsWith("GET") ? page(200) : undefined);
    const collection = await open({ answer }, prod);
    expect(await problemsOf(collection.delete(ref, signal))).toMatchObject([
      { code: "acme/deletion-unknown", summary: expect.stringContaining('the pager "Prod" (id 7)') },
    ]);
  });
});
