import { makeReply, parseReply, parseReplyLine } from "../../../lib/mail/smtp/reply";
import { printable } from "../../../lib/core/printable";

it("takes a reply of several lines apart, enhanced codes included", () => {
  expect(parseReply("550-5.7.1 Not here,\r\n550 5.7.1 go away\r\n")).toEqual({
    code: 550,
    enhanced: "5.7.1",
    lines: ["Not here,", "go away"],
    text: "550 5.7.1 Not here, go away",
  });
});

it.each(["hello", "2500 Ok", "25 Ok", "199 Ok", "220_Ok", "HTTP/1.1 200 OK"])("takes %j for no reply", (line) => {
  expect(parseReplyLine(line)).toBeUndefined();
});

it("accepts a bare code, which is a last line", () => {
  expect(parseReplyLine("250")).toEqual({ code: 250, last: true, text: "" });
});

it("does not take part of a longer number for an enhanced code", () => {
  expect(makeReply(250, ["2.0.0.1 is my version"]).enhanced).toBeUndefined();
});

it("keeps terminal escapes and line breaks of a server out of reports", () => {
  expect(printable("\x1b[31mred\x1b[0m\r\nnext\u2028line")).toBe("⟨U+001B⟩[31mred⟨U+001B⟩[0m next line");
  expect(printable("x".repeat(400))).toHaveLength(301);
});
