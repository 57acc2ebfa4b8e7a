import { headerFields } from "../../../lib/mail/imap/header-fields";

const message = [
  "Authentication-Results: first.example;",
  "\tspf=pass",
  " smtp.mailfrom=a@b",
  "X-Authentication-Results: no",
  "authentication-results:second.example; none",
  "",
  "Authentication-Results: in the body; dkim=pass",
].join("\r\n");

it("are all of a name, topmost first, unfolded, and none of the body's", () => {
  expect(headerFields(Buffer.from(message), "Authentication-Results")).toEqual([
    "first.example; spf=pass smtp.mailfrom=a@b",
    "second.example; none",
  ]);
});

it("are read where lines end with a line feed only", () => {
  expect(headerFields(Buffer.from(message.replaceAll("\r\n", "\n")), "authentication-results")).toHaveLength(2);
});

it("are none in nothing, and end with a header that has no end", () => {
  expect(headerFields(Buffer.alloc(0), "Subject")).toEqual([]);
  expect(headerFields(Buffer.from("Subject: a"), "Subject")).toEqual(["a"]);
});
