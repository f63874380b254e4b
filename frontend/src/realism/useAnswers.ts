import { useEffect, useState } from "react";
import { answerRealism } from "../api/requests";
import type { RealismAnswer } from "../api/types";
import { AnswerKeeper, type SendState } from "./answer-keeper";

interface Answers {
  /** Images answered in this browser, sent or not; one whose answer was refused is none. */
  readonly answered: readonly string[];
  readonly state: SendState;
  readonly answer: (answer: RealismAnswer) => void;
}

/** The answers of a reading: kept here, on their way, and how that goes. */
export function useAnswers(reading: string): Answers {
  const [state, setState] = useState<SendState>({ kind: "saved" });
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [keeper] = useState(
    () =>
      new AnswerKeeper({
        reading,
        store: localStorage,
        send: (answer) => answerRealism(reading, answer),
        tell: (told) => {
          setState(told);
          if (told.kind === "refused" && told.image) {
            const { image } = told;
            setRefused((before) => [...before, image]);
          }
        },
      }),
  );
  const [answered, setAnswered] = useState<readonly string[]>(keeper.waiting);
  useEffect(() => {
    keeper.open();
    const again = (): void => keeper.open();
    addEventListener("online", again);
    return () => {
      removeEventListener("online", again);
      keeper.close();
    };
  }, [keeper]);
  const answer = (given: RealismAnswer): void => {
    keeper.add(given);
    setAnswered((before) => [...before, given.image]);
    setRefused((before) => before.filter((image) => image !== given.image));
  };
  // What waits from an earlier visit is on its way before its state is told.
  const waits = state.kind === "saved" && keeper.waiting.length > 0;
  const standing = answered.filter((image) => !refused.includes(image));
  return { answered: standing, state: waits ? { kind: "saving" } : state, answer };
}
