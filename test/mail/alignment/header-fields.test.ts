import { bodyOf, headerFields, headLength, MAX_HEAD, withFields } from "../../../lib/mail/alignment/header-fields";

const message = Buffer.from("Subject: one\r\n two\r\nX-A:b\r\nno colon\r\n\r\nbody: x\r\n\r\nmore");

it("reads fields unfolded, by their names in lower case, and nothing of the body", () => {
  expect(headerFields(message).map(({ name, value }) => [name, value])).toEqual([
    ["subject", "one two"],
    ["x-a", "b"],
    ["", "no colon"],
  ]);
  expect(bodyOf(message).toString()).toBe("body: x\r\n\r\nmore");
});

it.each([
  ["line feeds only", "A: b\n\nc: d", ["a"], "c: d"],
  ["no body", "A: b\r\n", ["a"], ""],
  ["no line end", "A: b", ["a"], ""],
  ["an empty message", "", [""], ""],
  ["an empty head", "\r\nA: b", ["", "a"], ""],
])("reads a message with %s", (_, text, names, body) => {
  expect(headerFields(Buffer.from(text)).map(({ name }) => name)).toEqual(names);
  expect(bodyOf(Buffer.from(text)).toString()).toBe(body);
});

it("reads no more of a head than it may", () => {
  const endless = Buffer.from(`A: ${"b".repeat(MAX_HEAD * 2)}`);
  expect(headLength(endless)).toBe(MAX_HEAD);
  expect(headerFields(endless)[0]!.value).toHaveLength(MAX_HEAD - 3);
});

it("leaves fields out, and every octet of the others as it was", () => {
  const kept = withFields(
    Buffer.from("A: \xe9\r\n\tx\r\nB: c\r\nD: e\r\n\r\nbody\xff", "latin1"),
    ({ name }) => name !== "b",
  );
  expect(kept.toString("latin1")).toBe("A: \xe9\r\n\tx\r\nD: e\r\n\r\nbody\xff");
});

it("ends lines as mail does, and the head with an empty one", () => {
  expect(withFields(Buffer.from("A: b\nC: d\n\nx\ny"), () => true).toString()).toBe("A: b\r\nC: d\r\n\r\nx\r\ny");
  expect(withFields(Buffer.from("A: b"), () => true).toString()).toBe("A: b\r\n\r\n");
});
