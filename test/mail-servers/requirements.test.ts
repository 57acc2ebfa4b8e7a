import { whyNoServers, type Machine } from "./requirements";

const machine = (differs: Partial<Machine> = {}): Machine => ({
  uid: 0,
  find: (name) => `/usr/sbin/${name}`,
  dovecotVersion: () => "2.3.19.1 (9b53102964)\n",
  ...differs,
});
const without = (...names: string[]) => ({
  find: (name: string) => (names.includes(name) ? undefined : `/usr/sbin/${name}`),
});

it("is satisfied with root and all packages", () => {
  expect(whyNoServers(machine())).toBeUndefined();
});

it("excuses whoever is not root", () => {
  expect(whyNoServers(machine({ uid: 1000 }))).toEqual({ why: expect.stringMatching(/root/), excused: true });
});

it("names the packages that are missing, and excuses it only where they cannot be installed", () => {
  const why = "missing: dovecot-imapd, swaks (test/mail-servers/install.sh installs them on Debian and Ubuntu)";
  expect(whyNoServers(machine(without("swaks", "imap")))).toEqual({ why, excused: false });
  expect(whyNoServers(machine(without("swaks", "imap", "apt-get")))).toEqual({ why, excused: true });
});

it("excuses a Dovecot that wants another configuration", () => {
  expect(whyNoServers(machine({ dovecotVersion: () => "2.4.1-4 (7d8c0e5759)\n" }))).toEqual({
    why: "Dovecot 2.4.1-4 (7d8c0e5759) is installed, and the tests write the configuration of 2.3",
    excused: true,
  });
});
