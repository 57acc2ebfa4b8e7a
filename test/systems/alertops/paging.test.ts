import * as z from "../../../lib/core/zod";
import { listAll } from "../../../lib/systems/alertops/paging";
import type { RestApi } from "../../../lib/systems/kit/rest-api";

/** An API that answers this. */
const answering = (answer: unknown) => ({ read: async () => answer }) as unknown as RestApi;
const request = { doing: "list the things", path: "/things", item: z.string(), signal: new AbortController().signal };

test("a list may stand in an envelope, and may be empty", async () => {
  expect(await listAll(answering({ things: ["a"] }), request)).toEqual(["a"]);
  expect(await listAll(answering({ things: [] }), request)).toEqual([]);
});

test("an object without any list is no empty list", async () => {
  await expect(listAll(answering({}), request)).rejects.toMatchObject({
    problems: [{ code: "alertops/unexpected-answer", got: "an object without a list" }],
  });
});
