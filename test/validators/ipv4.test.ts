import { ipv4 } from "../../lib/validators";

test.each(["203.0.113.25", "127.0.0.1", "0.0.0.0", "255.255.255.255"])("%s is one IPv4 address", (value) => {
  expect(ipv4.check(value)).toBeUndefined();
});

test.each([
  ["203.0.113.25/32", "a network", 'Did you mean "203.0.113.25"?'],
  ["203.0.113.0/24", "a network", "Name one address; declare one flow for each server."],
  ["2001:db8::25", "an IPv6 address", "Only IPv4 is supported here; use the server's IPv4 address."],
  ["::ffff:203.0.113.25", "an IPv6 address", 'Did you mean "203.0.113.25"?'],
  ["2001:db8::/64", "a network", "Name one address; declare one flow for each server."],
  ["smtp.example.com", "a name", "Names are not resolved here; write the IPv4 address that the name stands for."],
  ["999.1.1.1", "out of range", "999 is larger than 255."],
  ["203.0.113", "incomplete or too long", "It has 3 parts where an address has 4."],
  ["203.0.113.025", "written with leading zeros", 'Did you mean "203.0.113.25"?'],
  [" 203.0.113.25\n", "surrounded by spaces", 'Did you mean "203.0.113.25"?'],
  ["203.0.113.25:587", "more than an address", 'Did you mean "203.0.113.25"?'],
  ["smtp://203.0.113.25:587", "more than an address", 'Did you mean "203.0.113.25"?'],
  ["", "something else", 'Write four numbers separated by dots, for example "203.0.113.25".'],
])("%j is refused as %s", (value, what, fix) => {
  const problem = ipv4.check(value);

  expect(problem).toMatchObject({ code: "value/not-an-ipv4-address", severity: "error", fix });
  expect(problem?.summary).toBe(`${JSON.stringify(value)} is ${what}, not an IPv4 address`);
});
