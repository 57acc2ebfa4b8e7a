import { proxyFor } from "../../lib/http/proxy";

const HTTPS = { HTTPS_PROXY: "http://proxy.example.com:3128" };

test.each<[string, Record<string, string>]>([
  ["https://api.example.com/", HTTPS],
  ["https://api.example.com/", { https_proxy: "proxy.example.com:3128", HTTPS_PROXY: "http://other.example.com" }],
  ["https://api.example.com/", { ALL_PROXY: "http://proxy.example.com:3128" }],
  ["https://api.example.com:8443/", { ...HTTPS, NO_PROXY: "api.example.com:443,example.org" }],
  ["https://notexample.com/", { ...HTTPS, NO_PROXY: "example.com" }],
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
