/** Long lists, page after page. */
import { useInfiniteQuery, type QueryKey } from "@tanstack/react-query";
import type { Listed } from "./requests";

export interface PagesOf<T> {
  /** What has come so far; undefined before the first page. */
  readonly rows: readonly T[] | undefined;
  /** How many there are, here and on the server. */
  readonly count: number;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly refetch: () => Promise<unknown>;
  /** Fetches the next page; null while it comes, and when all are here. */
  readonly more: (() => void) | null;
  readonly isComing: boolean;
}

/** A list of which more is fetched when it is asked for. */
export function usePages<T>(
  queryKey: QueryKey,
  getPage: (page: number) => Promise<Listed<T>>,
  askAgainMs?: (rows: readonly T[]) => number | false,
): PagesOf<T> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => getPage(pageParam),
    initialPageParam: 1,
    getNextPageParam: (last, _all, page) => (last.next ? page + 1 : undefined),
    refetchInterval: ({ state }) =>
      askAgainMs ? askAgainMs(state.data?.pages.flatMap(({ results }) => results) ?? []) : false,
  });
  return {
    rows: query.data?.pages.flatMap(({ results }) => results),
    count: query.data?.pages[0]?.count ?? 0,
    error: query.error,
    isPending: query.isPending,
    refetch: query.refetch,
    more: query.hasNextPage && !query.isFetching ? () => void query.fetchNextPage() : null,
    isComing: query.isFetchingNextPage,
  };
}
