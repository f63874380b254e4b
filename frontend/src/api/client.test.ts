import { describe, expect, it } from "vitest";
import { ApiError, flatten, isTransient, OfflineError, readCsrfToken } from "./client";

describe("errors", () => {
  it("become sentences with the field's name", () => {
    expect(flatten({ marks: { 0: { x: ["Outside the image."] } } })).toEqual([
      "Marks 0 x: Outside the image.",
    ]);
    expect(new ApiError(400, { email: ["Enter an address."], code: "invalid" }).message).toBe(
      "Email: Enter an address.",
    );
  });

  it("prefer what the server says, and have words for when it says nothing", () => {
    expect(new ApiError(409, { detail: "No case is ready.", code: "no_case_ready" }).message).toBe(
      "No case is ready.",
    );
    expect(new ApiError(403, null).message).toContain("role");
    expect(new ApiError(500, null).message).toContain("Try again");
  });

  it("know which pass by themselves", () => {
    expect(isTransient(new OfflineError())).toBe(true);
    expect(isTransient(new ApiError(503, null))).toBe(true);
    expect(isTransient(new ApiError(400, null))).toBe(false);
  });
});

describe("CSRF token", () => {
  it("is found among other cookies", () => {
    expect(readCsrfToken("a=1; csrftoken=abc%3D; b=2")).toBe("abc=");
    expect(readCsrfToken("xcsrftoken=no")).toBe("");
  });
});
