import { HeaderDecoder } from "../../../lib/terraform-plugin/http2/header-decoder";
import { encodeHeaders } from "../../../lib/terraform-plugin/http2/header-encoder";

it.each([0, 1, 126, 127, 128, 254, 255, 16_000])("a value of %i bytes comes back as it was", (length) => {
  const value = "x".repeat(length);
  expect(new HeaderDecoder().decode(encodeHeaders({ ":status": "200", "grpc-message": value }))).toEqual([
    [":status", "200"],
    ["grpc-message", value],
  ]);
});
