import { RuleTester } from "eslint";
import tseslint from "typescript-eslint";
import { describe, it } from "vitest";
import { texts } from "./eslint-texts.js";

Object.assign(RuleTester, { describe, it });
const tester = new RuleTester({
  languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
});
const literal = [{ messageId: "literal" }];

tester.run("texts/in-catalogue", texts.rules["in-catalogue"], {
  valid: [
    '<p className="muted">{t("loading")}, {n} %</p>',
    '<p aria-label={t("marks")} lang="en">– {name ?? "…"}</p>',
    "<a>Parenchyma</a>",
    "<p><kbd>Shift D</kbd> {`★ ${t(word)}`}</p>",
    'compare("left", <b key="one two">{sides.left}</b>)',
    '<b className={on ? "is-on" : "is-off"}>{t(on ? "lesionOn" : "lesionOff")}</b>',
  ],
  invalid: [
    { code: "<p>Loading the cohort</p>", errors: literal },
    { code: "<>Case {n}</>", errors: literal },
    { code: '<p>{right ? "Right" : "Wrong"}</p>', errors: [...literal, ...literal] },
    { code: '<p>{open && ", still open"}</p>', errors: literal },
    { code: "<p>{`Case ${n}`}</p>", errors: literal },
    { code: '<Page title="People" />', errors: literal },
    { code: "<button aria-label={`Retry the request of ${when}`} />", errors: literal },
  ],
});
