import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/queries";
import { App } from "./app/App";
import { loadLanguage } from "./i18n/translate";
import "./ui/base.css";
import "./viewer/viewer.css";
import "./reading/reading.css";
import "./curriculum/curriculum.css";
import "./dashboard/dashboard.css";
import "./generators/generators.css";
import "./realism/realism.css";

const root = document.getElementById("root");
if (!root) throw new Error("The page lacks its root element.");
await loadLanguage(document.documentElement.lang);
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
