import { hostName } from "../../lib/validators";

test.each([
  "smtp.example.com",
  "localhost",
  "smtp.example.com.",
  "192.0.2.1",
  "2001:db8::1",
  "my_relay",
  "3com.example",
])("%s is a host", (value) => {
  expect(hostName.check(value)).toBeUndefined();
});

test.each([
  ["smtp://user@smtp.example.com:587/", 'Did you mean "smtp.example.com"?'],
  ["smtp.example.com:587", 'Did you mean "smtp.example.com"?'],
  ["[2001:db8::1]:587", 'Did you mean "2001:db8::1"?'],
  [" smtp.example.com", 'Did you mean "smtp.example.com"?'],
  ["999.1.1.1", "An IPv4 address has four numbers from 0 to 255."],
  ["smtp.exämple.com", 'Did you mean "smtp.xn--exmple-cua.com"?'],
])("%j is refused, and the fix says %s", (value, fix) => {
  expect(hostName.check(value)).toMatchObject({ code: "value/bad-host-name", fix });
});

test.each(["", "-smtp.example.com", "smtp..example.com", "smtp example", `${"x".repeat(64)}.example.com`, "a\nb"])(
  "%j is refused",
  (value) => {
    expect(hostName.check(value)?.summary).toBe(`${JSON.stringify(value)} is not a host name`);
  },
);
