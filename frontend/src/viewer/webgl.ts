import type { PaneSize } from "../geometry/camera";
import type { Level } from "./pyramid";
import { blacken, paneContext, sizeCanvas, type Renderer, type Scene } from "./renderer";
import { planView, type Axis } from "./resample";
import { STORED_VALUES } from "./window";

const VERTEX = `#version 300 es
void main() {
  gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0);
}`;

// The whole numbers of blendRow and applyLookup, so that both renderers show the same picture.
const FRAGMENT = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
precision highp isampler2D;
uniform usampler2D image;
uniform usampler2D greys;
uniform isampler2D columns;
uniform isampler2D rows;
uniform int top;
out vec4 colour;
uint stored(int x, int y) { return texelFetch(image, ivec2(x, y), 0).r; }
void main() {
  ivec2 across = texelFetch(columns, ivec2(int(gl_FragCoord.x), 0), 0).xy;
  ivec2 down = texelFetch(rows, ivec2(top - 1 - int(gl_FragCoord.y), 0), 0).xy;
  uint value = 0u;
  if (across.x >= 0 && down.x >= 0) {
    uint right = uint(across.y), below = uint(down.y);
    uint left = 256u - right, above = 256u - below;
    uint a = stored(across.x, down.x) * above + stored(across.x, down.x + 1) * below;
    uint b = stored(across.x + 1, down.x) * above + stored(across.x + 1, down.x + 1) * below;
    value = (a * left + b * right + 32768u) >> 16;
  }
  float grey = float(texelFetch(greys, ivec2(int(value & 63u), int(value >> 6)), 0).r) / 255.0;
  colour = vec4(grey, grey, grey, 1.0);
}`;

const UNITS = { image: 0, greys: 1, columns: 2, rows: 3 } as const;
type Unit = keyof typeof UNITS;

/** As wide as the widest screen and as high as an image. */
const LEAST_TEXTURE = 8192;

/** Four views, their exam before and their frames without lesions. */
const MOST_IMAGES = 12;

/** One WebGL2 context for all panes: it draws, and the panes' canvases take the picture over. */
export class WebglDevice {
  readonly canvas = document.createElement("canvas");
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #images = new Map<Level, WebGLTexture>();
  readonly #tables: Readonly<Record<Exclude<Unit, "image">, WebGLTexture>>;
  #lookup: Uint32Array | null = null;
  readonly #bytes = new Uint8Array(STORED_VALUES);

  constructor() {
    const gl = this.canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false });
    if (!gl) throw new Error("This browser has no WebGL2.");
    if (gl.getParameter(gl.MAX_TEXTURE_SIZE) < LEAST_TEXTURE) {
      throw new Error("WebGL2 here takes no images of this size.");
    }
    this.#gl = gl;
    this.#program = makeProgram(gl);
    this.#tables = { greys: makeTexture(gl), columns: makeTexture(gl), rows: makeTexture(gl) };
    gl.useProgram(this.#program);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    for (const [name, unit] of Object.entries(UNITS)) {
      gl.uniform1i(gl.getUniformLocation(this.#program, name), unit);
    }
  }

  /** What draws, as the driver calls it. */
  get name(): string {
    const info = this.#gl.getExtension("WEBGL_debug_renderer_info");
    return String(this.#gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? this.#gl.RENDERER));
  }

  get lost(): boolean {
    return this.#gl.isContextLost();
  }

  /** Draws a scene into the upper left of `canvas`. */
  draw({ pyramid, frame, camera, lookup }: Scene, pane: PaneSize): void {
    const gl = this.#gl;
    const { canvas } = this;
    if (canvas.width < pane.width) canvas.width = pane.width;
    if (canvas.height < pane.height) canvas.height = pane.height;
    const { level, columns, rows } = planView(pyramid, frame, camera, pane);
    this.#bind("image", this.#imageOf(level));
    this.#sendLookup(lookup);
    this.#sendAxis("columns", columns);
    this.#sendAxis("rows", rows);
    gl.uniform1i(gl.getUniformLocation(this.#program, "top"), canvas.height);
    gl.viewport(0, canvas.height - pane.height, pane.width, pane.height);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  /** Waits until what was drawn is there. */
  finish(): void {
    this.#gl.readPixels(0, 0, 1, 1, this.#gl.RGBA, this.#gl.UNSIGNED_BYTE, new Uint8Array(4));
  }

  /** Forgets the images of a case that is closed. */
  forget(): void {
    for (const texture of this.#images.values()) this.#gl.deleteTexture(texture);
    this.#images.clear();
  }

  /** Gives everything back. */
  close(): void {
    this.#images.clear();
    this.#gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  #bind(unit: Unit, texture: WebGLTexture): void {
    this.#gl.activeTexture(this.#gl.TEXTURE0 + UNITS[unit]);
    this.#gl.bindTexture(this.#gl.TEXTURE_2D, texture);
  }

  /** The least recently drawn image goes when there are too many. */
  #imageOf(level: Level): WebGLTexture {
    const texture = this.#images.get(level) ?? this.#upload(level);
    this.#images.delete(level);
    this.#images.set(level, texture);
    const [oldest] = this.#images;
    if (oldest && this.#images.size > MOST_IMAGES) {
      this.#gl.deleteTexture(oldest[1]);
      this.#images.delete(oldest[0]);
    }
    return texture;
  }

  #upload({ width, height, pixels }: Level): WebGLTexture {
    const gl = this.#gl;
    const texture = makeTexture(gl);
    this.#bind("image", texture);
    gl.texImage2D(
      gl.TEXTURE_2D, 0, gl.R16UI, width, height, 0, gl.RED_INTEGER, gl.UNSIGNED_SHORT, pixels,
    );
    return texture;
  }

  #sendLookup(lookup: Uint32Array): void {
    const gl = this.#gl;
    this.#bind("greys", this.#tables.greys);
    if (lookup === this.#lookup) return;
    this.#lookup = lookup;
    for (let value = 0; value < STORED_VALUES; value++) {
      this.#bytes[value] = (lookup[value] as number) & 255;
    }
    gl.texImage2D(
      gl.TEXTURE_2D, 0, gl.R8UI, 64, 64, 0, gl.RED_INTEGER, gl.UNSIGNED_BYTE, this.#bytes,
    );
  }

  #sendAxis(unit: "columns" | "rows", { index, weight }: Axis): void {
    const gl = this.#gl;
    const pairs = new Int32Array(2 * index.length);
    for (let at = 0; at < index.length; at++) {
      pairs[2 * at] = index[at] as number;
      pairs[2 * at + 1] = weight[at] as number;
    }
    this.#bind(unit, this.#tables[unit]);
    gl.texImage2D(
      gl.TEXTURE_2D, 0, gl.RG32I, index.length, 1, 0, gl.RG_INTEGER, gl.INT, pairs,
    );
  }
}

/** Draws one pane through the shared device. */
export class WebglRenderer implements Renderer {
  readonly #context: CanvasRenderingContext2D;
  readonly #device: WebglDevice;
  #pane: PaneSize | null = null;

  constructor(canvas: HTMLCanvasElement, device: WebglDevice) {
    this.#context = paneContext(canvas);
    this.#device = device;
  }

  resize(pane: PaneSize): void {
    sizeCanvas(this.#context.canvas, pane);
    this.#pane = pane;
  }

  draw(scene: Scene): void {
    const { width, height } = this.#pane ?? { width: 0, height: 0 };
    // What a lost context would draw is black, and black is a wrong picture.
    if (!this.#pane || this.#device.lost) return;
    this.#device.draw(scene, this.#pane);
    this.#context.drawImage(this.#device.canvas, 0, 0, width, height, 0, 0, width, height);
  }

  clear(): void {
    blacken(this.#context);
  }
}

function makeTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
    gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
  }
  for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) {
    gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
  }
  return texture;
}

function makeProgram(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error("WebGL2 gives no shader.");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new Error(`WebGL2 does not take the program: ${gl.getProgramInfoLog(program) ?? ""}`);
  }
  return program;
}
