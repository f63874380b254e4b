import type { ViewKey } from "./hanging";
import { FrameLoader, loadPreview } from "./loader";
import type { Pane } from "./pane";
import { layOver, type Patch } from "./patch";
import type { Pyramid } from "./pyramid";
import type { FrameSource, Variant } from "./source";
import type { ViewerWords } from "./state";
import type { Status } from "./status-box";

interface ImageEvents {
  readonly words: ViewerWords;
  /** A view's preview or its full image: where the breast lies is as that says. */
  shown(pane: Pane, pyramid: Pyramid): void;
  /** The exam before. */
  before(pane: Pane, pyramid: Pyramid): void;
  /** All previews have been tried. */
  previewed(): void;
  /** A full image is there. */
  ready(count: number): void;
  /** What stands in the way of an image is another than before. */
  told(): void;
  /** The reader asked for an image again: the button that had the focus is gone. */
  retried(): void;
}

/** What lies over the views' own pictures. */
export type Patches = Readonly<Partial<Record<ViewKey, Patch>>>;

/** Brings the images into the panes: small previews first, then every pixel. */
export class Images {
  readonly #loader = FrameLoader.shared();
  readonly #panes: ReadonlyMap<ViewKey, Pane>;
  readonly #events: ImageEvents;
  ready = 0;
  #closed = false;
  #variant = 0;
  #patches: Patches = {};
  /** How to fetch what did not arrive. */
  readonly #missing = new Set<() => void>();
  readonly #fetchMissing = (): void => this.#missing.forEach((again) => again());

  constructor(panes: ReadonlyMap<ViewKey, Pane>, events: ImageEvents) {
    this.#panes = panes;
    this.#events = events;
    addEventListener("online", this.#fetchMissing);
  }

  load(): void {
    const panes = [...this.#panes.values()];
    const previews = panes.map(async (pane) => {
      const preview = await loadPreview(pane.source).catch(() => null);
      if (preview && !pane.pyramid && !this.#closed) this.#show(pane, preview);
    });
    void Promise.all(previews).then(() => {
      if (this.#closed) return;
      this.#events.previewed();
      performance.mark("viewer:first-pixels");
    });
    for (const pane of panes) this.#fetch(pane);
  }

  #fetch(pane: Pane): void {
    this.#loader.load(pane.source).then(
      (pyramid) => this.#take(pane, pyramid),
      (error: Error) =>
        this.#tell(error, (status) => (pane.status = status), () => this.#fetch(pane)),
    );
  }

  #fetchPrior(pane: Pane, prior: FrameSource): void {
    this.#loader.load(pane.source, prior).then(
      (pyramid) => {
        if (this.#closed) return;
        pane.prior = pyramid;
        pane.priorStatus = "";
        this.#events.before(pane, pyramid);
        this.#events.ready(this.ready);
      },
      (error: Error) =>
        this.#tell(
          error,
          (status) => (pane.priorStatus = status),
          () => this.#fetchPrior(pane, prior),
        ),
    );
  }

  /** Says what went wrong with an image, with the way to try again; done unasked once on line. */
  #tell(error: Error, set: (status: Status) => void, again: () => void): void {
    if (this.#closed) return;
    const { words } = this.#events;
    const fetchAgain = (): void => {
      this.#missing.delete(fetchAgain);
      set(words.loading);
      again();
      this.#events.told();
    };
    this.#missing.add(fetchAgain);
    const retry = (): void => {
      fetchAgain();
      this.#events.retried();
    };
    set({ problem: words.problem(error.message), retry });
    this.#events.told();
  }

  /** Fetches the frames without lesions. */
  async loadBases(bases: Readonly<Partial<Record<ViewKey, FrameSource>>>): Promise<void> {
    const jobs = Object.entries(bases).map(async ([key, data]) => {
      const pane = this.#panes.get(key as ViewKey);
      if (!pane) return;
      const base = await this.#loader.load(pane.source, data);
      if (!this.#closed) pane.base = base;
    });
    await Promise.all(jobs);
  }

  /** Puts other pictures of the views in place, all at once; null puts their own back. */
  async showVariant(variant: Variant | null): Promise<void> {
    const wanted = (this.#variant += 1);
    const jobs = Object.entries(variant ?? {}).map(async ([key, { full, base }]) => {
      const pane = this.#panes.get(key as ViewKey);
      if (!pane) return null;
      const pictures = [full, base].map((data) => data && this.#loader.load(pane.source, data));
      const [whole, without] = await Promise.all(pictures);
      return whole ? { pane, pictures: { full: whole, base: without ?? null } } : null;
    });
    const loaded = await Promise.all(jobs);
    // Another one was asked for meanwhile.
    if (this.#closed || wanted !== this.#variant) return;
    this.#patches = {};
    for (const pane of this.#panes.values()) pane.variant = null;
    for (const each of loaded) if (each) each.pane.variant = each.pictures;
  }

  /** Lays changes of pixels over the views' own pictures, in the place of those laid before. */
  layOver(patches: Patches): void {
    this.#variant += 1;
    this.#patches = patches;
    for (const pane of this.#panes.values()) this.#lay(pane);
  }

  #lay(pane: Pane): void {
    const patch = this.#patches[pane.key];
    const { pyramid } = pane;
    pane.variant = patch && pyramid?.full ? { full: layOver(pyramid, patch), base: pyramid } : null;
  }

  /** Fetches the exam before: not until the current one is there, which is what is read first. */
  #loadPriors(): void {
    for (const pane of this.#panes.values()) {
      if (pane.source.prior) this.#fetchPrior(pane, pane.source.prior);
    }
  }

  /** What is still on its way belongs to a case that is no longer shown. */
  close(): void {
    this.#closed = true;
    removeEventListener("online", this.#fetchMissing);
  }

  #take(pane: Pane, pyramid: Pyramid): void {
    if (this.#closed) return;
    this.#show(pane, pyramid);
    if (this.#patches[pane.key]) this.#lay(pane);
    pane.status = "";
    this.ready += 1;
    this.#events.ready(this.ready);
    if (this.ready < this.#panes.size) return;
    performance.mark("viewer:four-views");
    this.#loadPriors();
  }

  #show(pane: Pane, pyramid: Pyramid): void {
    pane.pyramid = pyramid;
    this.#events.shown(pane, pyramid);
  }
}
