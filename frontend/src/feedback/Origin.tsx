import { Link } from "../ui/Link";

const SHORT = 12;

/** Which generator drew the images, and the way to its card. */
export function Origin({ generator }: { readonly generator: string }) {
  if (!generator) return null;
  return (
    <p className="muted small">
      Drawn by generator {generator.slice(0, SHORT)}….{" "}
      <Link to={`/model-card/${generator}`}>What it can and cannot do</Link>
    </p>
  );
}
