import { couldBeInstalled, whyNoServers } from "./requirements";

const everything = (name: string) => `/usr/sbin/${name}`;

it("needs root, since Postfix changes users", () => {
  expect(whyNoServers(1000, everything)).toMatch(/root/);
  expect(whyNoServers(0, everything)).toBeUndefined();
});

it("names the packages that are missing, and how to get them", () => {
  const why = whyNoServers(0, (name) => (name === "swaks" || name === "imap" ? undefined : everything(name)));
  expect(why).toBe("missing: dovecot-imapd, swaks (test/mail-servers/install.sh installs them on Debian and Ubuntu)");
});

it("excuses what is missing only where it cannot be installed", () => {
  expect(couldBeInstalled(0, everything)).toBe(true);
  expect(couldBeInstalled(1000, everything)).toBe(false);
  expect(couldBeInstalled(0, () => undefined)).toBe(false);
});
