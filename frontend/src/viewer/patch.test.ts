import { expect, test } from "vitest";
import { layOver } from "./patch";
import { buildLevels, type Pyramid } from "./pyramid";

const WIDTH = 64;
const HEIGHT = 48;

function makeImage(pixels: Uint16Array): Pyramid {
  return {
    levels: buildLevels({ width: WIDTH, height: HEIGHT, shrink: 1, pixels }, 8),
    air: 3,
    full: true,
  };
}

const tissue = (): Uint16Array =>
  Uint16Array.from({ length: WIDTH * HEIGHT }, (_none, index) => (index * 37) % 4096);

test.each([
  { x: 10, y: 6, width: 8, height: 12 },
  { x: 11, y: 7, width: 5, height: 9 },
  { x: 0, y: 0, width: 1, height: 1 },
  { x: 59, y: 43, width: 5, height: 5 },
])("a patch at $x, $y is seen at every resolution as if it had been there", (place) => {
  const pixels = Uint16Array.from({ length: place.width * place.height }, (_none, i) => 4000 - i);
  const image = makeImage(tissue());
  const whole = tissue();
  for (let row = 0; row < place.height; row++) {
    for (let column = 0; column < place.width; column++) {
      whole[(place.y + row) * WIDTH + place.x + column] = pixels[row * place.width + column] as number;
    }
  }
  const laid = layOver(image, { ...place, pixels });
  expect(laid.levels.length).toBeGreaterThan(2);
  expect(laid).toEqual(makeImage(whole));
  expect(image).toEqual(makeImage(tissue()));
});
