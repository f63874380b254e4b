/** From one case of a test set to the next, and from the last to the result. */
import { ApiError } from "../api/client";
import { queryClient } from "../api/queries";
import { nextAssignment } from "../api/requests";
import { navigate } from "../ui/router";

export const testPath = (session: string): string => `/tests/${session}`;

/** Opens the next case, or the result where none is left or the time is up.
 *
 * @param from where the reader must still be; who went elsewhere meanwhile stays there.
 */
export async function goOnWithTest(session: string, from: string): Promise<void> {
  const path = await findNext(session);
  void queryClient.invalidateQueries({ queryKey: ["tests"] });
  if (location.pathname === from) navigate(path, { replace: true });
}

async function findNext(session: string): Promise<string> {
  try {
    const assignment = await nextAssignment(session);
    queryClient.setQueryData(["assignment", assignment.id], assignment);
    return `/read/${assignment.id}`;
  } catch (error) {
    if (error instanceof ApiError && error.code === "session_ended") return testPath(session);
    // What went wrong is said where the test set can be gone on with.
    return "/tests";
  }
}
