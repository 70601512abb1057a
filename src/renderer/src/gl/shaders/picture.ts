/** Kinds of layers, as the shader numbers them. */
export const pictureKinds = { photo: 0, map: 1, mask: 2, labels: 3 } as const

/** Area of pixels that say the same as the map they are compared with: no label has this number. */
export const SAME = 256

/** Device px of a photo's pixel from which on the grid between them is drawn. */
export const GRID_FROM = 8

/**
 * One side of the picture: the photo, and over it colours of scores or labels. The threshold is applied here, in every
 * frame: background where the largest score is not above it (`labelsFromScores`).
 *
 * Places are those of the photo: a device pixel shows the pixel of the photo under its middle, at every zoom.
 */
export const pictureShader = `
precision highp float;
precision highp int;
precision highp usampler2D;
uniform int uKind;
uniform sampler2D uPhoto;
uniform highp usampler2D uValues;
uniform highp usampler2D uUnlike;
uniform bool uDifference;
uniform sampler2D uColours;
uniform vec2 uPhotoSize;
uniform ivec2 uValuesSize;
uniform vec3 uView;
uniform float uCanvasHeight;
uniform float uThreshold;
uniform float uOpacity;
uniform float uScaleEnd;
uniform float uLine;
uniform vec2 uTone;
uniform bool uGrid;
uniform bool uColouredLines;
out vec4 colour;

vec2 place(vec2 fragment) {
  return (vec2(fragment.x, uCanvasHeight - fragment.y) - uView.yz) / uView.x;
}

ivec2 pixelAt(vec2 at) {
  return clamp(ivec2(floor(at * vec2(uValuesSize) / uPhotoSize)), ivec2(0), uValuesSize - 1);
}

int area(vec2 at) {
  ivec2 pixel = pixelAt(at);
  uvec2 texel = texelFetch(uValues, pixel, 0).rg;
  if (uKind == 3) return uDifference && texelFetch(uUnlike, pixel, 0).r == texel.r ? ${SAME} : int(texel.r);
  bool above = uintBitsToFloat(texel.r) > uThreshold;
  return uKind == 2 ? (above ? int(texel.g) + 1 : 0) : int(above);
}

vec3 photo(vec2 at) {
  if (uView.x < 1.0) return texture(uPhoto, at / uPhotoSize).rgb;
  ivec2 size = textureSize(uPhoto, 0);
  return texelFetch(uPhoto, clamp(ivec2(floor(at * vec2(size) / uPhotoSize)), ivec2(0), size - 1), 0).rgb;
}

/** The colour of an area: of one that is clear, none. */
vec4 shadeOf(int area) {
  return area == ${SAME} ? vec4(0.0) : texelFetch(uColours, ivec2(area, 0), 0);
}

vec3 lineColour(int here, int beside) {
  if (!uColouredLines || uKind == 1) return vec3(1.0);
  vec4 shade = shadeOf(here);
  return shade.a > 0.0 ? shade.rgb : shadeOf(beside).rgb;
}

void main() {
  vec2 at = place(gl_FragCoord.xy);
  vec3 below = photo(at);
  if (any(lessThan(at, vec2(0.0))) || any(greaterThanEqual(at, uPhotoSize))) { colour = vec4(0.0); return; }
  below = clamp((below - 0.5) * uTone.y + 0.5 + uTone.x, 0.0, 1.0);
  colour = vec4(below, 1.0);
  if (uKind != 0) {
    int here = area(at);
    int right = area(place(gl_FragCoord.xy + vec2(uLine, 0.0)));
    int under = area(place(gl_FragCoord.xy - vec2(0.0, uLine)));
    if (uLine > 0.0 && (here != right || here != under)) {
      colour.rgb = lineColour(here, here != right ? right : under);
    } else if (uKind == 1) {
      float share = clamp(uintBitsToFloat(texelFetch(uValues, pixelAt(at), 0).r) / uScaleEnd, 0.0, 1.0);
      colour.rgb = mix(below, texelFetch(uColours, ivec2(int(floor(share * 255.0 + 0.5)), 0), 0).rgb, uOpacity);
    } else {
      vec4 shade = shadeOf(here);
      colour.rgb = mix(below, shade.rgb, shade.a * uOpacity);
    }
  }
  if (uGrid && any(lessThan(fract(at) * uView.x, vec2(1.0))))
    colour.rgb = mix(colour.rgb, vec3(dot(colour.rgb, vec3(0.333)) > 0.5 ? 0.0 : 1.0), 0.25);
}`
