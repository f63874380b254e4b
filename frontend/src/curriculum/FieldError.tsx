/** What is wrong with a field, where the field can name it as its description. */
export const FieldError = ({
  id,
  problem,
}: {
  readonly id: string;
  readonly problem: string | undefined;
}) =>
  problem ? (
    <p id={id} className="is-bad small">
      {problem}
    </p>
  ) : null;
