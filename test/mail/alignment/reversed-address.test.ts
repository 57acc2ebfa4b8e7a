import { reversedAddress, reverseName, sameAddress } from "../../../lib/mail/alignment/reversed-address";

it.each([
  ["203.0.113.25", "25.113.0.203.in-addr.arpa"],
  ["2001:db8::567:89ab", "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"],
  ["::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa"],
  ["2001:DB8:1:2:3:4:5:6", "6.0.0.0.5.0.0.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"],
])("%s is found under %s", (ip, name) => expect(reverseName(ip)).toBe(name));

it("writes an IPv4 address within an IPv6 one as digits", () =>
  expect(reversedAddress("64:ff9b::203.0.113.25")).toBe(reversedAddress("64:ff9b::cb00:7119")));

it.each([
  ["2001:db8::1", "2001:0DB8:0:0:0:0:0:1", true],
  ["2001:db8::1", "2001:db8::2", false],
  ["203.0.113.25", "203.0.113.25", true],
  ["203.0.113.25", "::ffff:203.0.113.25", false],
])("%s and %s are one address: %s", (one, other, same) => expect(sameAddress(one, other)).toBe(same));
