import { path, safeBaseUrl, showableUrl } from "../../lib/http/url";

test("parts of a path stay in their segment", () => {
  expect(path`/a/${"b/../c?d#e f"}/g/${7}`).toBe("/a/b%2F..%2Fc%3Fd%23e%20f/g/7");
});

test.each(["", ".", ".."])("%j is no segment", (segment) => {
  expect(() => path`/a/${segment}/b`).toThrow(/cannot be part of an address/);
});

test.each([
  ["https://api.example.com/1.0/", "https://api.example.com/1.0"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://localhost:8080/", "http://localhost:8080"],
  ["http://[::1]:8080/x", "http://[::1]:8080/x"],
  ["http://2130706433/", "http://127.0.0.1"],
])("%s is used as %s", (given, used) => {
  expect(safeBaseUrl("Test API", given)).toBe(used);
});

test.each([
  ["http://api.example.com/1.0", /without encryption[^]*Did you mean "https:\/\/api\.example\.com\/1\.0"\?/],
  ["http://127.0.0.1.example.com", /without encryption/],
  ["http://localhost.example.com", /without encryption/],
  ["api.example.com", /Did you mean "https:\/\/api\.example\.com"\?/],
  ["ftp://api.example.com", /is not a URL/],
  ["https://user:sesame@api.example.com", /contains a user name or a password/],
])("%s is refused", (given, message) => {
  expect(() => safeBaseUrl("Test API", given)).toThrow(message);
});

test("secrets in a query are not shown", () => {
  expect(showableUrl("https://a.example.com/x?a=1&api_key=sesame&b=2&accessToken=sesame")).toBe(
    "https://a.example.com/x?a=1&api_key=(redacted)&b=2&accessToken=(redacted)",
  );
});
