import { elementAt, integer, objectIdentifier, octetString, sequence, time } from "../../lib/core/der";

it.each([
  ["nothing", ""],
  ["a tag alone", "30"],
  ["a length of more octets than there are", "3084ff"],
  ["a length of five octets", "30850000000001"],
])("reads no element from %s", (_, hex) => expect(elementAt(Buffer.from(hex, "hex"), 0)).toBeUndefined());

it.each([0, 1, 0x7f, 0x80, 0xff, 0x100, 0xff00])("reads back an element of %d octets", (length) => {
  const written = sequence(octetString(Buffer.alloc(length, 7)));
  const outer = elementAt(written, 0)!;
  expect(outer.end).toBe(written.length);
  const { content, end } = elementAt(written, outer.content)!;
  expect(written.subarray(content, end)).toEqual(Buffer.alloc(length, 7));
});

it.each([
  ["0", "00", "020100"],
  ["a leading zero too many", "0001", "020101"],
  ["one that would be negative", "80", "02020080"],
])("writes %s as an unsigned integer", (_, bytes, written) =>
  expect(integer(Buffer.from(bytes, "hex")).toString("hex")).toBe(written),
);

it("writes object identifiers and times as RFC 5280 wants them", () => {
  expect(objectIdentifier("1.2.840.10045.4.3.2").toString("hex")).toBe("06082a8648ce3d040302");
  expect(time(Date.UTC(2049, 11, 31, 23, 59, 59)).toString("latin1")).toBe("\x17\r491231235959Z");
  expect(time(Date.UTC(2050, 0, 1)).toString("latin1")).toBe("\x18\x0f20500101000000Z");
});
