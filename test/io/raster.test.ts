import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fontFiles, rasterize } from "../../src/io/raster.js";
import { label, picture } from "../../src/plots/svg.js";

describe("raster", () => {
  it("ships its fonts", () => {
    for (const file of fontFiles()) expect(existsSync(file)).toBe(true);
  });

  it("draws text, which without a font would be missing, or says that the renderer is", async () => {
    const empty = await rasterize(picture(80, 30, ""), 2);
    const written = await rasterize(picture(80, 30, "", label("slope ½ 10⁻³", 5, 20)), 2);
    if (!("png" in empty) || !("png" in written)) {
      expect([empty, written].every((r) => "skipped" in r && r.skipped.includes("not installed"))).toBe(true);
      return;
    }
    expect(Buffer.from(empty.png.subarray(1, 4)).toString()).toBe("PNG");
    expect(new DataView(empty.png.buffer, empty.png.byteOffset).getUint32(16)).toBe(160);
    expect(written.png.length).toBeGreaterThan(2 * empty.png.length);
  });
});
