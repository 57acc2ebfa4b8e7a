import { filter } from "../../../../lib/systems/uipath/simulator/odata-filter";

const rows = [
  { Id: 1, Name: "Abp.Net.Mail.Smtp.Host", Value: "smtp.example.com", Enabled: true },
  { Id: 2, Name: "Abp.Timing.TimeZone", Value: "UTC", Enabled: false },
  { Id: 3, Name: "It's", Value: null, Enabled: true },
];
const properties = new Set(["Id", "Name", "Value", "Enabled"]);
const ids = (text: string) => rows.filter(filter(text, properties)).map(({ Id }) => Id);

it.each([
  ["Name eq 'Abp.Timing.TimeZone'", [2]],
  ["name EQ 'Abp.Timing.TimeZone'", [2]],
  ["Name eq 'It''s'", [3]],
  ["startswith(Name,'Abp.Net.Mail')", [1]],
  ["contains(tolower(Name), 'timezone') or Id ge 3", [2, 3]],
  ["not (Id eq 1 or Id eq 2)", [3]],
  ["Value eq null", [3]],
  ["Value ne null and Enabled eq true", [1]],
  ["Enabled", [1, 3]],
  ["Id in (1, 3)", [1, 3]],
  ["endswith(Value,'com') eq true", [1]],
  ["Id gt 1 and Id lt 3", [2]],
])("%s", (text, expected) => expect(ids(text)).toEqual(expected));

it.each([
  ["Nme eq 'x'", "could not find a property named 'Nme'"],
  ["Name eq", "not complete"],
  ["Name eq 'x", "syntax error"],
  ["(Name eq 'x'", "')' was expected"],
  ["Name eq 'x' garbage", "'garbage' was not expected"],
  ["frobnicate(Name)", "unknown function"],
  ["", "not complete"],
])("refuses %s with 400", (text, said) => {
  expect(() => ids(text)).toThrow(expect.objectContaining({ status: 400, message: expect.stringContaining(said) }));
});
