import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { affinityPaths } from '../../../shared/affinity/affinityPaths'
import { roundSeconds } from '../../../shared/roundSeconds'
import { someNames } from '../../../shared/text/someNames'
import { architectureOf } from '../../backbones/catalogue'
import { readBackboneWeights } from '../../backbones/readBackboneWeights'
import { expectedShapes, loadStateDict, stateDict } from '../../nn/stateDict'
import { matchStateDict } from '../../weights/loadInto'
import { readSafetensors, writeSafetensors } from '../../weights/safetensors'
import type { MethodContext, StepResult } from '../context'
import { IrNetwork } from './irNetwork'
import { measureShift } from './measureShift'
import type { IrnOptions } from './options'
import { seePhotos } from './seePhotos'
import { train, trainingFile } from './train'

/** The trained branches under the names of jiwoon-ahn/irn's network. */
const networkFile = 'irnet.safetensors'

/** Trains edges on what is sure, then lets the scores of every photo walk between its edges. */
export async function run(options: IrnOptions, context: MethodContext): Promise<StepResult> {
  const weights = await readBackboneWeights(options.backbone, options.weights)
  const { trainRadius: radius, displacement } = options
  const pairs = { radius, paths: affinityPaths(radius) }
  const network = new IrNetwork(architectureOf(options.backbone), weights, pairs, displacement, context.seed)
  try {
    const trained = await trainedNetwork(network, options, context)
    const started = performance.now()
    const seen = await seePhotos(network, options, context)
    const { resized, unreadable, extinct } = seen
    if (resized > 0)
      context.log(`the maps of ${resized} photos came in another size and were brought to that of the edges`)
    if (extinct.length > 0) context.log(extinctPhotos(extinct))
    for (const { photo, reason } of unreadable) context.log(`left out ${photo}: ${reason}`)
    return {
      summary: { ...seen, ...trained, walkSeconds: roundSeconds(secondsSince(started)) },
    }
  } finally {
    network.dispose()
  }
}

/** Trains the branches, or reads them where an interrupted run had come so far. */
async function trainedNetwork(
  network: IrNetwork,
  options: IrnOptions,
  context: MethodContext,
): Promise<Record<string, unknown>> {
  const path = join(context.folder, networkFile)
  if (existsSync(path)) {
    const { tensors, metadata } = await readSafetensors(path)
    loadStateDict(network.parameters, matchStateDict(expectedShapes(network.parameters), tensors, {}))
    return JSON.parse(metadata.get('training') ?? '{}') as Record<string, unknown>
  }
  const started = performance.now()
  const facts = await train(network, options, context)
  if (options.displacement) await measureShift(network, options, context)
  const trained = { trainedOn: facts.photos, steps: facts.steps, trainSeconds: roundSeconds(secondsSince(started)) }
  const metadata = { backbone: options.backbone, training: JSON.stringify(trained) }
  await writeSafetensors(path, stateDict(network.parameters), metadata)
  await rm(join(context.folder, trainingFile), { force: true })
  return trained
}

function extinctPhotos(stems: readonly string[]): string {
  const photos = `${stems.length} labelled ${stems.length === 1 ? 'photo' : 'photos'} (${someNames(stems)})`
  return (
    `of ${photos} the walk left no score, background alone: the maps were empty before it, or edges cover the whole ` +
    'photo. Against the second lower irn.learningRate.'
  )
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000
}
