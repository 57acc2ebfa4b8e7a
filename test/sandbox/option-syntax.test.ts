import { optionsFromTexts } from "../../lib/sandbox";

it("reads options by system, values as JSON or as the text that they are", () => {
  const texts = [
    "uipath.edition=cloud",
    "vrops.version=9.0",
    "uipath.apiVersion=15",
    "vrops.listsSources=false",
    'vrops.authSources=[{"name":"ad=corp","type":"ACTIVE_DIRECTORY"}]',
    'vrops.userSource="a text"',
    "alertops.notify=a=b",
  ];
  expect(optionsFromTexts(texts)).toEqual({
    uipath: { edition: "cloud", apiVersion: 15 },
    vrops: {
      version: "9.0",
      listsSources: false,
      authSources: [{ name: "ad=corp", type: "ACTIVE_DIRECTORY" }],
      userSource: "a text",
    },
    alertops: { notify: "a=b" },
  });
  expect(optionsFromTexts([])).toEqual({});
});

it.each(["cloud", "edition=cloud", "uipath.edition", ".edition=cloud", "uipath.=cloud", "vrops.authSources=[{"])(
  "refuses %j",
  (text) => {
    expect(() => optionsFromTexts([text])).toThrow(/SYSTEM\.OPTION=VALUE/);
  },
);

it("refuses an option that is set twice", () => {
  expect(() => optionsFromTexts(["uipath.edition=cloud", "uipath.edition=suite"])).toThrow(/set already/);
});

it("takes no name for more than a name", () => {
  const options = optionsFromTexts(["constructor.prototype=1", "uipath.constructor=x"]);
  expect(Object.keys(options)).toEqual(["constructor", "uipath"]);
  expect(({} as { prototype?: unknown }).prototype).toBeUndefined();
});
