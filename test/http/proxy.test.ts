import { proxyFor } from "../../lib/http/proxy";

const HTTPS = { HTTPS_PROXY: "http://proxy.example.com:3128" };

test.each<[string, Record<string, string>]>([
  ["https://api.example.com/", HTTPS],
  ["https://api.example.com/", { https_proxy: "proxy.example.com:3128", HTTPS_PROXY: "http://other.example.com" }],
  ["https://api.example.com/", { ALL_PROXY: "http://proxy.example.com:3128" }],
  ["https://api.example.com:8443/", { ...HTTPS, NO_PROXY: "api.example.com:443,example.org" }],
  ["https://notexample.com/", { ...HTTPS, NO_PROXY: "example.com" }],
  ["https://example.com/", { ...HTTPS, NO_PROXY: ".example.com" }],
  ["https://example.com/", { ...HTTPS, NO_PROXY: "*.example.com" }],
  ["https://192.0.3.1/", { ...HTTPS, NO_PROXY: "192.0.2.0/24" }],
  ["https://192.0.2.1/", { ...HTTPS, NO_PROXY: "192.0.2.10, 192.0.2/24, 192.0.2.0/33, 192.0.2.0/x, /, x/8" }],
  ["https://192.0.2.1/", { ...HTTPS, NO_PROXY: "192.0.2.1:8443" }],
  ["https://vrops.example.com/", { ...HTTPS, NO_PROXY: "10.0.0.0/8" }],
  ["https://[2001:db8::1]/", { ...HTTPS, NO_PROXY: "2001:db8::2, [2001:db8::1]:8443, 2001:db8:1::/48" }],
])("%s goes through the proxy of %j", (url, environment) => {
  expect(proxyFor(url, environment)).toEqual({ protocol: "http", host: "proxy.example.com", port: 3128 });
});

test.each<[string, Record<string, string>]>([
  ["https://api.example.com/", {}],
  ["https://api.example.com/", { HTTP_PROXY: "http://proxy.example.com" }],
  ["https://api.example.com/", { ...HTTPS, NO_PROXY: "*" }],
  ["https://api.example.com/", { ...HTTPS, NO_PROXY: "foo, .example.com" }],
  ["https://api.example.com/", { ...HTTPS, no_proxy: "example.com" }],
  ["https://api.example.com:8443/", { ...HTTPS, NO_PROXY: "api.example.com:8443" }],
  ["https://api.example.com/", { ...HTTPS, NO_PROXY: "*.example.com" }],
  ["https://192.0.2.1/", { ...HTTPS, NO_PROXY: "192.0.2.1" }],
  ["https://192.0.2.1/", { ...HTTPS, NO_PROXY: "192.0.2.1:443" }],
  ["https://192.0.2.1/", { ...HTTPS, NO_PROXY: "198.51.100.0/24,192.0.2.0/24" }],
  ["https://[2001:db8::1]/", { ...HTTPS, NO_PROXY: "2001:db8::1" }],
  ["https://[2001:db8::1]/", { ...HTTPS, NO_PROXY: "2001:DB8:0:0::1" }],
  ["https://[2001:db8::1]/", { ...HTTPS, NO_PROXY: "[2001:db8::1]:443" }],
  ["https://[2001:db8::1]/", { ...HTTPS, NO_PROXY: "2001:db8::/32" }],
  ["https://[::ffff:192.0.2.1]/", { ...HTTPS, NO_PROXY: "192.0.2.0/24" }],
  ["https://127.0.0.1:8443/", HTTPS],
  ["https://localhost/", HTTPS],
])("%s goes directly with %j", (url, environment) => {
  expect(proxyFor(url, environment)).toBeUndefined();
});

test("credentials of the proxy are decoded", () => {
  expect(proxyFor("https://a.example.com", { HTTPS_PROXY: "https://us%40er:p%3Aw@proxy.example.com" })).toEqual({
    protocol: "https",
    host: "proxy.example.com",
    port: 443,
    auth: { username: "us@er", password: "p:w" },
  });
});

test("a proxy that cannot be used is called by its variable, without its password", () => {
  const environment = { HTTPS_PROXY: "socks5://user:sesame@proxy.example.com" };
  expect(() => proxyFor("https://a.example.com", environment)).toThrow(/The proxy in HTTPS_PROXY cannot be used/);
  expect(() => proxyFor("https://a.example.com", environment)).not.toThrow(/sesame/);
});
