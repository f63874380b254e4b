/** From one case of a test set to the next, and from the last to the result. */
import { ApiError } from "../api/client";
import { queryClient } from "../api/queries";
import { nextAssignment } from "../api/requests";
import { navigate } from "../ui/router";

export const testPath = (session: string): string => `/tests/${session}`;

/** Opens the next case, or the result where none is left or the time is up.
 *
 * @param from where the reader must still be; who went elsewhere meanwhile stays there.
 * @throws what kept the next case away.
 */
export async function goOnWithTest(session: string, from: string): Promise<void> {
  const path = await findNext(session);
  void queryClient.invalidateQueries({ queryKey: ["tests"] });
  if (location.pathname === from) navigate(path, { replace: true });
}

/** The same after a case was read or a form begun; what goes wrong is said where it is gone on with. */
export async function goOnOrToTests(session: string, from: string): Promise<void> {
  try {
    await goOnWithTest(session, from);
  } catch {
    void queryClient.invalidateQueries({ queryKey: ["tests"] });
    if (location.pathname === from) navigate("/tests", { replace: true });
  }
}

async function findNext(session: string): Promise<string> {
  try {
    const assignment = await nextAssignment(session);
    queryClient.setQueryData(["assignment", assignment.id], assignment);
    return `/read/${assignment.id}`;
  } catch (error) {
    if (error instanceof ApiError && error.code === "session_ended") return testPath(session);
    throw error;
  }
}
