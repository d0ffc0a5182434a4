import { expect, it, vi } from "vitest";
import { rasterize } from "../../src/io/raster.js";
import { picture } from "../../src/plots/svg.js";

vi.mock("@resvg/resvg-js", () => {
  throw new Error("Cannot find package");
});

it("without the optional renderer one sentence says so", async () => {
  expect(await rasterize(picture(10, 10, ""))).toEqual({
    skipped: "No PNG was written: the optional package @resvg/resvg-js is not installed.",
  });
});
