/** Every shape of record, and which of them a record has. */
import type { JsonObject } from '../../data/document.ts';
import type { Delivery } from '../delivery.ts';
import type { ShapeChoice } from '../types.ts';
import { aksShape } from './aks.ts';
import { anomalyShape } from './anomaly.ts';
import { auditShape } from './audit.ts';
import { ecsShape } from './ecs.ts';
import { falcoShape } from './falco.ts';
import { gkeShape } from './gke.ts';
import type { Shape, SignedShape } from './shape.ts';
import { tetragonShape } from './tetragon.ts';

/** An audit event that came in an Azure record is told apart from one that did not. */
const shapes: readonly SignedShape[] = [
  aksShape,
  auditShape,
  gkeShape,
  tetragonShape,
  falcoShape,
  anomalyShape,
];

export const shapeSigns: readonly string[] = shapes.flatMap(({ signs }) => signs);

const anyDocument: Shape = { ...ecsShape, fits: () => true };

const forced: Readonly<Record<Exclude<ShapeChoice, 'auto'>, readonly Shape[]>> = {
  audit: [aksShape, auditShape],
  gke: [gkeShape],
  tetragon: [tetragonShape],
  falco: [falcoShape],
  ecs: [anyDocument],
};

/** A shape that shows by its own fields; envelopes are looked for only in records that have none. */
export const shapeOf = (record: JsonObject, delivery: Delivery, choice: ShapeChoice): Shape | undefined =>
  (choice === 'auto' ? shapes : forced[choice]).find((shape) => shape.fits(record, delivery));

/** What is neither of a known shape nor an envelope may still be a document in the form that rules expect. */
export const documentShapeOf = (record: JsonObject, choice: ShapeChoice): Shape | undefined =>
  choice === 'auto' && ecsShape.fits(record, { origin: { file: '' }, depth: 0 }) ? ecsShape : undefined;
