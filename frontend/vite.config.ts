import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Django serves the build: /static/ holds the files, manifest.json tells the shell their names.
export default defineConfig({
  base: "/static/",
  plugins: [react()],
  worker: { format: "es" },
  build: {
    manifest: "manifest.json",
    target: "es2023",
    assetsInlineLimit: 0,
    rollupOptions: {
      input: "src/main.tsx",
      output: {
        // The viewer is a chunk of its own, so that its size can be held to its budget.
        manualChunks: (id: string) =>
          /src\/(viewer|geometry)\//.test(id) ? "viewer" : undefined,
      },
    },
  },
  test: { environment: "node", include: ["src/**/*.test.ts", "*.test.js"] },
});
