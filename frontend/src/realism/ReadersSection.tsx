import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getGiveaways } from "../api/requests";
import type { Giveaway, SiteReaders } from "../api/types";
import { t } from "../i18n/translate";
import { ProportionCell } from "../dashboard/Proportion";
import { formatDay, formatNumber } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure } from "../ui/Notice";
import { viewLabel, type ViewKey } from "../viewer/hanging";
import { Cues, Figures } from "./Figures";

export const READERS = "readers";

/** On the model card: what this site's readers made of the images beside real ones. */
export function ReadersSection({ readers }: { readonly readers: SiteReaders }) {
  const { standing, found, cues, drawn_at, test } = readers;
  return (
    <section className="stack card-section" aria-labelledby={READERS}>
      <h2 id={READERS}>{t("readersFound")}</h2>
      <p className="muted">{t("readersIntro")}</p>
      {standing === "not_measured" && <p data-standing={standing}>{t("notMeasuredHere")}</p>}
      {found && standing === "not_enough" && (
        <p data-standing={standing}>{t("realismTooFew", found.least)}</p>
      )}
      {found && standing === "measured" && <Figures found={found} />}
      {found && (
        <p className="small muted">
          {t("realismReaders", {
            readers: found.readers,
            real: found.real,
            synthetic: found.synthetic,
          })}
          {". "}
          {drawn_at && t("testDrawnOn", { when: formatDay(drawn_at) })}
        </p>
      )}
      {cues && <Cues cues={cues} />}
      {readers.giveaways && test && <Giveaways test={test} />}
      <p>
        <Link to="/real-or-synthetic">{t("takeTheTest")}</Link>
      </p>
    </section>
  );
}

function Giveaways({ test }: { readonly test: string }) {
  const [open, setOpen] = useState(false);
  const images = useQuery({
    queryKey: ["giveaways", test],
    queryFn: () => getGiveaways(test),
    enabled: open,
  });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("giveaways")}</summary>
      <p className="muted small">{t("giveawaysIntro")}</p>
      {images.error && <Failure error={images.error} onRetry={() => images.refetch()} />}
      {images.data && <GiveawayTable images={images.data} />}
    </details>
  );
}

const GiveawayTable = ({ images }: { readonly images: readonly Giveaway[] }) => (
  // Focusable, so that a narrow window can be scrolled with the keyboard.
  <div className="table-wrap" role="region" aria-label={t("giveaways")} tabIndex={0}>
    <table>
      <thead>
        <tr>
          <th scope="col">{t("giveawayImage")}</th>
          <th scope="col">{t("giveawayWas")}</th>
          <th scope="col">{t("realismCorrect")}</th>
          <th scope="col">{t("giveawayRating")}</th>
          <th scope="col">{t("giveawayCase")}</th>
        </tr>
      </thead>
      <tbody>
        {images.map((image) => (
          <tr key={image.id}>
            <th scope="row">{nameView(image)}</th>
            <td>{t(image.real ? "itWasReal" : "itWasSynthetic")}</td>
            <ProportionCell proportion={image.rightly} />
            <td className="numeric">{formatNumber(image.mean_rating)}</td>
            <td>{image.case && <code className="hash">{image.case}</code>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

function nameView({ side, projection, density }: Giveaway): string {
  const view = viewLabel(`${side}_${projection}` as ViewKey);
  return density ? t("viewWithDensity", { view, density }) : view;
}
