import { WorkbenchError } from '../../../shared/errors'

/** A linked program and where its uniforms are. */
export interface Program {
  readonly use: () => void
  readonly uniform: (name: string) => WebGLUniformLocation | null
  readonly close: () => void
}

/** One triangle that covers everything: no buffer is needed. */
const COVERING_TRIANGLE = `#version 300 es
void main() {
  gl_Position = vec4(vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0), 0.0, 1.0);
}`

/** Compiles a fragment shader into a program that covers the whole target. */
export function createProgram(gl: WebGL2RenderingContext, fragment: string): Program {
  const program = gl.createProgram()
  const shaders = [
    compile(gl, gl.VERTEX_SHADER, COVERING_TRIANGLE),
    compile(gl, gl.FRAGMENT_SHADER, `#version 300 es\n${fragment}`),
  ]
  for (const shader of shaders) gl.attachShader(program, shader)
  gl.linkProgram(program)
  for (const shader of shaders) gl.deleteShader(shader)
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true && !gl.isContextLost())
    throw new WorkbenchError('INTERNAL', `A shader does not link: ${gl.getProgramInfoLog(program) ?? ''}`)
  const places = new Map<string, WebGLUniformLocation | null>()
  return {
    use: () => gl.useProgram(program),
    uniform: name => {
      const known = places.get(name)
      if (known !== undefined) return known
      const place = gl.getUniformLocation(program, name)
      places.set(name, place)
      return place
    },
    close: () => gl.deleteProgram(program),
  }
}

function compile(gl: WebGL2RenderingContext, type: GLenum, source: string): WebGLShader {
  const shader = gl.createShader(type)
  if (shader === null) throw new WorkbenchError('INTERNAL', 'The graphics driver makes no shader.')
  gl.shaderSource(shader, source)
  gl.compileShader(shader)
  if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) !== true && !gl.isContextLost())
    throw new WorkbenchError('INTERNAL', `A shader does not compile: ${gl.getShaderInfoLog(shader) ?? ''}`)
  return shader
}
