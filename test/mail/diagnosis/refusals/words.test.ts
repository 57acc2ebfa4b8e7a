import { parseRefusal } from "../../../../lib/mail/diagnosis/refusals/parsed-refusal";
import { wordsOf } from "../../../../lib/mail/diagnosis/refusals/words";
import { expectLinear } from "../../../support/growth";

it.each([
  ["host names", "User unknown [relay.example.com]", "user unknown [ ~ ]"],
  ["mailboxes", "<spam@example.com>: rejected", "~ : rejected"],
  ["addresses without brackets", "dkim@example.com: rejected", "~ rejected"],
  ["links", "Rejected, see https://example.com/relay?spam=1 for more", "rejected, see ~ for more"],
  ["hosts with their addresses", "from relay01[192.0.2.7]: no", "from ~ [192.0.2.7]: no"],
  ["quoted arguments", "Missing \"relay\" and 'spam' here", "missing ~ and ~ here"],
  ["arguments in brackets", "<vm-relay>: Helo command rejected", "~ : helo command rejected"],
])("hears nothing in %s", (_, text, words) => {
  expect(wordsOf(text)).toBe(words);
});

it.each([
  ["a reply that is quoted as a whole", '"Relay access denied"', '"relay access denied"'],
  ["an apostrophe", "You aren't allowed, they're not", "you aren't allowed, they're not"],
  ["a sentence after a full stop", "Access denied.Please log in", "access denied. please log in"],
  ["Exchange's own names", "RESOLVER.ADR.RecipientNotFound; no", "resolver.adr.recipientnotfound; no"],
  ["line ends", "bare <LF> received", "bare <lf> received"],
])("hears %s", (_, text, words) => {
  expect(wordsOf(text)).toBe(words);
});

it.each([
  ["first", ["5.7.1 no"], 550, "5.7.1", "no"],
  ["on every line", ["5.7.1 no", "5.7.1 mail"], 550, "5.7.1", "no mail"],
  ["with IronPort's mark", ["#5.1.0 Address rejected"], 550, "5.1.0", "address rejected"],
  ["at the end, as qmail has it", ["sorry (#5.7.1)"], 553, "5.7.1", "sorry"],
  ["after a basic code that is said twice", ["550 5.1.1 no"], 550, "5.1.1", "no"],
  ["of another class than the reply", ["4.7.1 no"], 550, undefined, "no"],
  ["nowhere", ["no 5.7.1 here"], 550, undefined, "no 5.7.1 here"],
])("reads the enhanced code %s", (_, lines, code, enhanced, words) => {
  expect(parseRefusal(lines, code)).toEqual({ code, words, ...(enhanced === undefined ? {} : { enhanced }) });
});

it.each(["a.", "<", "'", '"', "@", "[", "http://", "a@", "x[", "- ", "5.7."])(
  "is not held up by %s without end",
  (piece) =>
    expectLinear(5_000, (size) => {
      wordsOf(piece.repeat(size));
      parseRefusal([piece.repeat(size)], 550);
    }),
);
