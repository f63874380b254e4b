import { QueryClient, useQuery } from "@tanstack/react-query";
import { currentLanguage, type Language } from "../i18n/translate";
import { isTransient } from "./client";
import { getGenerators, getMe, getVocabulary } from "./requests";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays a refusal; a lost connection may come back.
      retry: (failures, error) => isTransient(error) && failures < 3,
      retryDelay: (failure) => Math.min(500 * 2 ** failure, 4000),
      networkMode: "always",
      refetchOnWindowFocus: false,
      // What a lost connection kept from a page comes by itself when it is back.
      refetchOnReconnect: ({ state }) => state.status === "error",
      // Long enough to go back to the page before; a day of cases is not kept.
      gcTime: 60_000,
    },
    // One that is kept would keep all that its page knew, images among it.
    mutations: { networkMode: "always", gcTime: 0 },
  },
});

export const useMe = () => useQuery({ queryKey: ["me"], queryFn: getMe, staleTime: 300_000 });

/** The words, in the language of the page. */
export const useVocabulary = (language: Language = currentLanguage()) =>
  useQuery({
    queryKey: ["vocabulary", language],
    queryFn: () => getVocabulary(language),
    staleTime: Infinity,
  });

export const useGenerators = () =>
  useQuery({ queryKey: ["generators"], queryFn: getGenerators, staleTime: 300_000 });
