import { isPublicAddress, spfTerm } from "../../../lib/mail/alignment/address-kind";
import { headerFields } from "../../../lib/mail/alignment/header-fields";
import { clientAddress, sourceAddresses } from "../../../lib/mail/alignment/source-addresses";
import { expectLinear } from "../../support/growth";

const seen = (...fields: string[]) =>
  clientAddress(headerFields(Buffer.from(`${fields.join("\r\n")}\r\n\r\nbody`)))?.ip;

describe("the address that the receiving server saw", () => {
  it.each<[string, string[], string | undefined]>([
    [
      "Postfix",
      [
        "Received: from helo (out.example.com [203.0.113.25])\r\n\t(using TLSv1.3 with cipher X (256/256 bits))\r\n\tby mx.example.net (Postfix) with ESMTPS id 4F; now",
      ],
      "203.0.113.25",
    ],
    [
      "Postfix, without a reverse name",
      ["Received: from helo (unknown [IPv6:2001:db8::25]) by mx; now"],
      "2001:db8::25",
    ],
    ["Sendmail", ["Received: from helo (out [203.0.113.25] (may be forged)) by mx; now"], "203.0.113.25"],
    ["Exim", ["Received: from out.example.com ([203.0.113.25] helo=[10.0.0.9]) by mx with esmtp; now"], "203.0.113.25"],
    [
      "Exim, without a reverse name",
      ["Received: from [203.0.113.25] (port=25 helo=[198.51.100.1]) by mx; now"],
      "203.0.113.25",
    ],
    [
      "Exchange",
      ["Received: from out.example.com (203.0.113.25) by mx.example.net (10.1.2.3) with SMTP; now"],
      "203.0.113.25",
    ],
    [
      "Dovecot's own hop above it",
      ["Received: from mx ([127.0.0.1]) by mail with LMTP; now", "Received: from x (y [203.0.113.25]) by mx; now"],
      "203.0.113.25",
    ],
    [
      "a private hop above it",
      [
        "Received: from a (a [10.0.0.1]) by b; now",
        "Received: from x (y [203.0.113.25]) by a; now",
        "Received: from z (z [198.51.100.1]) by y; now",
      ],
      "203.0.113.25",
    ],
    [
      "a hop without an address",
      ["Received: by 2002:a05:6402:1 with SMTP id x; now", "Received: from x (y [203.0.113.25]) by mx; now"],
      "203.0.113.25",
    ],
    [
      "a client that calls itself an address",
      ["Received: from [198.51.100.1] (y [203.0.113.25]) by mx; now"],
      "203.0.113.25",
    ],
    [
      "a client that writes parentheses",
      ["Received: from x([198.51.100.1]) (y [203.0.113.25]) by mx; now"],
      "203.0.113.25",
    ],
    ["an address behind `by` only", ["Received: from x by mx ([203.0.113.25]); now"], undefined],
    ["a mapped address", ["Received: from x (y [IPv6:::ffff:203.0.113.25]) by mx; now"], "203.0.113.25"],
    ["what is no address", ["Received: from x (y [999.1.1.1]) by mx; now"], undefined],
    [
      "the receiver's own check",
      [
        "Received: from i (2603:10a6::1) by j; now",
        "Received-SPF: Pass (mx: domain of a designates 203.0.113.25) receiver=mx; client-ip=203.0.113.25; helo=x",
      ],
      "203.0.113.25",
    ],
    [
      "a check of a private address",
      ["Received-SPF: none client-ip=10.0.0.1", "Received: from x (y [203.0.113.25]) by mx; now"],
      "203.0.113.25",
    ],
    ["nothing", ["Subject: Received: from x (y [203.0.113.25]) by mx"], undefined],
  ])("%s", (_, fields, ip) => {
    expect(seen(...fields)).toBe(ip);
  });

  it.each(["[", "(", "from ", "[1", "by ", " ", "helo=", "[::"])("is not held up by %s without end", (piece) =>
    expectLinear(10_000, (size) => seen(`Received: from ${piece.repeat(size)}`, "Received: from x (y [203.0.113.25])")),
  );
});

it("says where the addresses come from", () => {
  const request = { from: "a@example.com", selectors: [], require: [], sourceIps: ["203.0.113.25", "10.0.0.1", "x"] };
  expect(sourceAddresses({ ...request, sourceIpsDeclared: true })).toEqual({
    ips: ["203.0.113.25", "10.0.0.1"],
    origin: "declared",
    described: "declared",
  });
  expect(sourceAddresses({ ...request, sourceIpsDeclared: false })).toMatchObject({
    ips: ["203.0.113.25"],
    origin: "guess",
  });
  const raw = Buffer.from("Received: from x (y [198.51.100.7]) by mx.example.net; now\r\n\r\n");
  expect(sourceAddresses({ ...request, raw, sourceIpsDeclared: false })).toEqual({
    ips: ["198.51.100.7"],
    origin: "received",
    described: "as mx.example.net (Received) saw it",
  });
});

it("knows which addresses the internet never sees", () => {
  for (const ip of [
    "10.1.1.1",
    "172.31.0.1",
    "192.168.0.1",
    "127.0.0.1",
    "169.254.1.1",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "x",
    "",
  ]) {
    expect([ip, isPublicAddress(ip)]).toEqual([ip, false]);
  }
  for (const ip of ["203.0.113.25", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:db8::1", "::ffff:203.0.113.25"]) {
    expect([ip, isPublicAddress(ip)]).toEqual([ip, true]);
  }
  expect([spfTerm("203.0.113.25"), spfTerm("2001:db8::1")]).toEqual(["ip4:203.0.113.25", "ip6:2001:db8::1"]);
});
