import { describe, expect, it } from "vitest";
import { chooseFaster, forcedRenderer, isSoftware } from "./painter";

/** A clock that draws of either kind move on. */
function timed(canvasMs: readonly number[], webglMs: readonly number[]) {
  let now = 0;
  const spend = (times: readonly number[]) => {
    let frame = 0;
    return () => {
      now += times[frame++ % times.length] ?? 0;
    };
  };
  return chooseFaster(spend(canvasMs), spend(webglMs), () => now);
}

describe("choice of the renderer", () => {
  it("takes the faster, by the usual frame", () => {
    expect(timed([8], [2])).toBe("webgl");
    expect(timed([3], [9])).toBe("canvas");
    // A slow first frame compiles and uploads, and one busy moment decides nothing.
    expect(timed([8], [400, 2, 2, 90, 2, 2])).toBe("webgl");
    expect(timed([3, 3, 90, 3, 3, 3], [9])).toBe("canvas");
  });

  it("knows what draws on the processor", () => {
    const swift = "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)";
    expect(isSoftware(swift)).toBe(true);
    expect(isSoftware("llvmpipe (LLVM 15.0.6, 256 bits)")).toBe(true);
    expect(isSoftware("ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)")).toBe(true);
    expect(isSoftware("ANGLE (Intel, Mesa Intel(R) UHD Graphics 630 (CFL GT2), OpenGL 4.6)")).toBe(false);
  });

  it("obeys the address", () => {
    expect(forcedRenderer("?renderer=canvas")).toBe("canvas");
    expect(forcedRenderer("?a=1&renderer=webgl")).toBe("webgl");
    expect(forcedRenderer("?renderer=other")).toBeNull();
    expect(forcedRenderer("")).toBeNull();
  });
});
