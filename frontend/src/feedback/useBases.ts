import { useEffect, useState } from "react";
import type { Feedback } from "../api/types";
import type { Viewer } from "../viewer/viewer";

/** Fetches the images without the lesion; what went wrong, and the way to try again. */
export function useBases(
  viewer: Viewer | null,
  { base_frames }: Feedback,
): { problem: unknown; retry: () => void } {
  const [problem, setProblem] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    viewer?.loadBases(base_frames).catch(setProblem);
  }, [viewer, base_frames, tries]);
  const retry = (): void => {
    setProblem(null);
    setTries(tries + 1);
    viewer?.focus();
  };
  return { problem, retry };
}
