/** Words on screen stand in the catalogues (src/i18n), never in the markup. */

const WORD = /\p{L}{2}/u;
// What is the same in every language: the site's name, keys and code.
const NAMES = new Set(["Parenchyma"]);
const VERBATIM = new Set(["kbd", "code"]);
const SPOKEN = new Set(["alt", "aria-label", "aria-valuetext", "intro", "label", "placeholder", "question", "title"]);

const isText = (text) => WORD.test(text) && !NAMES.has(text.trim());

/** The literals that an expression may come to: `{wrong ? "Wrong" : "Right"}` has two. */
function textsOf(node) {
  switch (node?.type) {
    case "Literal":
      return typeof node.value === "string" && isText(node.value) ? [node] : [];
    case "TemplateLiteral":
      return node.quasis.some(({ value }) => isText(value.raw)) ? [node] : node.expressions.flatMap(textsOf);
    case "ConditionalExpression":
      return [node.consequent, node.alternate].flatMap(textsOf);
    case "LogicalExpression":
      return [node.left, node.right].flatMap(textsOf);
    case "JSXExpressionContainer":
      return textsOf(node.expression);
    default:
      return [];
  }
}

export const texts = {
  rules: {
    "in-catalogue": {
      meta: {
        type: "problem",
        schema: [],
        messages: { literal: "Put this text into src/i18n and show it with t()." },
      },
      create: (context) => {
        const report = (node) => context.report({ node, messageId: "literal" });
        const isVerbatim = ({ parent }) => VERBATIM.has(parent.openingElement?.name.name);
        return {
          JSXText: (node) => {
            if (isText(node.value) && !isVerbatim(node)) report(node);
          },
          "JSXElement > JSXExpressionContainer, JSXFragment > JSXExpressionContainer": (node) => {
            if (!isVerbatim(node)) textsOf(node).forEach(report);
          },
          JSXAttribute: (node) => {
            if (SPOKEN.has(node.name.name)) textsOf(node.value).forEach(report);
          },
        };
      },
    },
  },
};
