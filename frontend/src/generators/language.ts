/** Cards are documents of a generator, which come with it, and are written in English. */
export const CARD_LANGUAGE = "en";
