import { addressWithinSandbox, isWithinSandbox } from "../../../../lib/systems/kit/simulator/loopback";

const REFUSED = "the sandbox reaches nothing but 127.0.0.0/8";

it.each(["127.0.0.1", "127.0.0.53", "127.255.255.254"])("a simulator may connect to %s", async (address) => {
  expect(isWithinSandbox(address)).toBe(true);
  expect(await addressWithinSandbox(address)).toBe(address);
});

it.each(["203.0.113.25", "10.0.0.1", "0.0.0.0", "169.254.169.254", "localhost", "127.0.0.1.example.com", "::1", ""])(
  "a simulator connects nowhere else: %j",
  (address) => expect(isWithinSandbox(address)).toBe(false),
);

it.each(["203.0.113.25", "0.0.0.0", "::1", "[::1]", "::ffff:127.0.0.1", "[::ffff:203.0.113.25]", "fe80::1%eth0"])(
  "an address elsewhere is refused without asking anybody: %s",
  async (address) => {
    const resolve = jest.fn(() => Promise.resolve([{ address: "127.0.0.1" }]));
    await expect(addressWithinSandbox(address, resolve)).rejects.toThrow(REFUSED);
    expect(resolve).not.toHaveBeenCalled();
  },
);

it("takes the address of a name, so that nobody resolves it again", async () => {
  const resolve = jest.fn(() => Promise.resolve([{ address: "127.0.0.7" }]));
  expect(await addressWithinSandbox("mail.sandbox.test", resolve)).toBe("127.0.0.7");
  expect(resolve).toHaveBeenCalledTimes(1);
});

it.each([
  ["to another machine", ["203.0.113.25"]],
  ["to this machine and another one", ["127.0.0.1", "203.0.113.25"]],
  ["to IPv6", ["::1"]],
  ["to nothing", []],
])("refuses a name that leads %s", async (_, addresses) => {
  const resolve = () => Promise.resolve(addresses.map((address) => ({ address })));
  await expect(addressWithinSandbox("mail.example.com", resolve)).rejects.toThrow(REFUSED);
});

// 203.0.113.25, and 169.254.169.254 in the forms that resolvers take for addresses.
it.each(["3405803801", "0xcb007119", "2852039166", "0251.0376.0251.0376", "0xa9fea9fe", "203.0.28953"])(
  "refuses an address in disguise, by this machine's resolver: %s",
  (host) => expect(addressWithinSandbox(host)).rejects.toThrow(/reaches nothing but 127|ENOTFOUND|EAI_/),
);

it("judges a name by the address that it stands for", async () =>
  expect(await addressWithinSandbox("localhost")).toMatch(/^127\./));
