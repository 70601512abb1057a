/**
 * Brings stored maps to the photo's size, a pixel a fragment, exactly as `bilinearRows` does: across first, then down.
 * `uRow` −1 asks for the largest of all classes and whose it is, the first of equals (`scoreArgmax`).
 */
export const resampleShader = `
precision highp float;
precision highp int;
precision highp sampler2DArray;
uniform sampler2DArray uMaps;
uniform highp sampler2D uAcross;
uniform highp sampler2D uDown;
uniform ivec2 uLastCell;
uniform int uCount;
uniform int uRow;
uniform bool uCells;
out uvec2 result;

float stretched(int row, int left, int right, int y, float weight) {
  float near = texelFetch(uMaps, ivec3(left, y, row), 0).r;
  return near + (texelFetch(uMaps, ivec3(right, y, row), 0).r - near) * weight;
}

float score(int row, vec4 across, vec4 down) {
  if (uCells) return texelFetch(uMaps, ivec3(int(across.z), int(down.z), row), 0).r;
  int left = int(across.x), top = int(down.x);
  int right = min(left + 1, uLastCell.x), bottom = min(top + 1, uLastCell.y);
  float upper = stretched(row, left, right, top, across.y);
  return upper + (stretched(row, left, right, bottom, across.y) - upper) * down.y;
}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 across = texelFetch(uAcross, ivec2(at.x, 0), 0);
  vec4 down = texelFetch(uDown, ivec2(at.y, 0), 0);
  int best = max(uRow, 0);
  float largest = score(best, across, down);
  if (uRow < 0)
    for (int row = 1; row < uCount; row++) {
      float here = score(row, across, down);
      if (here > largest) { largest = here; best = row; }
    }
  result = uvec2(floatBitsToUint(largest), uint(best));
}`
