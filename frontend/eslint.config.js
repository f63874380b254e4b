import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { texts } from "./eslint-texts.js";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "src/api/schema.d.ts"] },
  ...tseslint.configs.strict,
  {
    files: ["src/**/*.{ts,tsx}"],
    ...reactHooks.configs.flat["recommended-latest"],
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "max-lines": ["warn", { max: 380 }],
      eqeqeq: "error",
    },
  },
  {
    files: ["src/**/*.tsx"],
    plugins: { texts },
    rules: { "texts/in-catalogue": "error" },
  },
  {
    // The viewer is used without a framework.
    files: ["src/viewer/**", "src/geometry/**"],
    rules: { "no-restricted-imports": ["error", { paths: ["react", "react-dom"] }] },
  },
);
