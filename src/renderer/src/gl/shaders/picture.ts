/** Kinds of layers, as the shader numbers them. */
export const pictureKinds = { photo: 0, map: 1, mask: 2, labels: 3 } as const

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
uniform sampler2D uColours;
uniform vec2 uPhotoSize;
uniform ivec2 uValuesSize;
uniform vec3 uView;
uniform float uCanvasHeight;
uniform float uThreshold;
uniform float uOpacity;
uniform float uScaleEnd;
uniform float uLine;
out vec4 colour;

vec2 place(vec2 fragment) {
  return (vec2(fragment.x, uCanvasHeight - fragment.y) - uView.yz) / uView.x;
}

uvec2 value(vec2 at) {
  ivec2 pixel = ivec2(floor(at * vec2(uValuesSize) / uPhotoSize));
  return texelFetch(uValues, clamp(pixel, ivec2(0), uValuesSize - 1), 0).rg;
}

int area(uvec2 texel) {
  if (uKind == 3) return int(texel.r);
  bool above = uintBitsToFloat(texel.r) > uThreshold;
  return uKind == 2 ? (above ? int(texel.g) + 1 : 0) : int(above);
}

vec3 photo(vec2 at) {
  if (uView.x < 1.0) return texture(uPhoto, at / uPhotoSize).rgb;
  ivec2 size = textureSize(uPhoto, 0);
  return texelFetch(uPhoto, clamp(ivec2(floor(at * vec2(size) / uPhotoSize)), ivec2(0), size - 1), 0).rgb;
}

void main() {
  vec2 at = place(gl_FragCoord.xy);
  vec3 below = photo(at);
  if (any(lessThan(at, vec2(0.0))) || any(greaterThanEqual(at, uPhotoSize))) { colour = vec4(0.0); return; }
  colour = vec4(below, 1.0);
  if (uKind == 0) return;

  uvec2 texel = value(at);
  int here = area(texel);
  bool edge = uLine > 0.0 &&
    (here != area(value(place(gl_FragCoord.xy + vec2(uLine, 0.0)))) ||
     here != area(value(place(gl_FragCoord.xy - vec2(0.0, uLine)))));
  if (uKind == 1) {
    float share = clamp(uintBitsToFloat(texel.r) / uScaleEnd, 0.0, 1.0);
    vec3 shade = texelFetch(uColours, ivec2(int(floor(share * 255.0 + 0.5)), 0), 0).rgb;
    colour.rgb = edge ? vec3(1.0) : mix(below, shade, uOpacity);
  } else {
    vec4 shade = texelFetch(uColours, ivec2(here, 0), 0);
    colour.rgb = edge ? vec3(1.0) : mix(below, shade.rgb, shade.a * uOpacity);
  }
}`
