/** Shapes in the memory of the scanner. */
import type { Interest } from '../../../model/interest.ts';
import type { ByteCarrier, ByteShape, FactTest, Handed } from './byte-shape.ts';
import type { Address, Machine } from './machine.ts';
import {
  ALWAYS_READ,
  CARRIES_LINES,
  CARRIES_LIST,
  CARRIES_PARTS,
  CONSTANTS_NEW,
  EMPTY_COUNTS,
  HANDED_SIZE,
  KEYED_BY_CONTENT,
  MOST_FACTS,
  MOST_IDENTITY_FACTS,
  PART_SIZE,
  ROUTE_KEY,
  ROUTE_KEY_LENGTH,
  ROUTE_NEXT,
  ROUTE_READERS,
  SHAPE_CARRIED,
  SHAPE_CLEAR,
  SHAPE_CONSTANT,
  SHAPE_FACTS_COUNT,
  SHAPE_FITS,
  SHAPE_FLAGS,
  SHAPE_HANDED,
  SHAPE_IDENTITY,
  SHAPE_LAST_ROUTE,
  SHAPE_LEFT_OUT,
  SHAPE_NEEDED_ID,
  SHAPE_OBJECTS,
  SHAPE_ROOT,
  SHAPE_ROUTE,
  SHAPE_ROUTES,
  SHAPE_SECOND,
  SHAPE_SINGLE,
  SHAPE_SIZE,
  SHAPE_TIME,
  TEST_EQUAL,
  TEST_IS_LIST,
  TEST_IS_TEXT,
  TEST_IS_THERE,
  TEST_IS_WORD,
  TEST_SIZE,
  TEST_STARTS,
} from './offsets.ts';
import { Notes } from './notes.ts';
import type { Places } from './places.ts';
import { Tape, placedSlots } from './tape.ts';

const KINDS = {
  equal: TEST_EQUAL,
  list: TEST_IS_LIST,
  starts: TEST_STARTS,
  text: TEST_IS_TEXT,
  there: TEST_IS_THERE,
  word: TEST_IS_WORD,
} as const;
const NO_TEXT = 0xffffffff;
/** Indices whose readers are kept; names that records make up must not grow memory. */
const MOST_ROUTES = 512;

export class PlacedShape {
  readonly shape: ByteShape;
  readonly address: Address;
  /** The facts of the identity, in the order in which the scanner tells where they lie. */
  readonly identityFacts: readonly number[];
  readonly tape: Tape;
  readonly notes: Notes;
  readonly #machine: Machine;
  #constants: readonly number[];
  #routes = 0;

  constructor(shape: ByteShape, machine: Machine, places: Places, interest: Interest) {
    if (shape.facts > MOST_FACTS) throw new RangeError('There are more facts than the scanner has room for.');
    this.shape = shape;
    this.#machine = machine;
    this.#constants = shape.layout.constant;
    this.address = machine.functions.allocate(SHAPE_SIZE);
    const { identity } = shape.outline((fact) => `${MARK}${fact}`);
    const { identity: without } = shape.outline(() => undefined);
    this.identityFacts = identity.map(factOf).filter((fact) => fact !== undefined);
    if (this.identityFacts.length > MOST_IDENTITY_FACTS)
      throw new RangeError('There are more facts in an identity than the scanner has room for.');
    const said = places.postings.addressOf(joinedOf(places, shape));
    const entries: readonly (readonly [offset: number, value: number])[] = [
      [SHAPE_ROOT, places.add(shape.layout.root)],
      [SHAPE_FACTS_COUNT, shape.facts],
      [SHAPE_FITS, placedTests(machine, shape.fits)],
      [SHAPE_LEFT_OUT, shape.leftOut === undefined ? 0 : placedTests(machine, shape.leftOut.tests)],
      [SHAPE_CLEAR, machine.placeList(shape.clear)],
      [SHAPE_SINGLE, machine.placeList(shape.single)],
      [SHAPE_TIME, shape.time],
      [SHAPE_IDENTITY, this.#parts(identity, without)],
      [SHAPE_ROUTE, machine.placeList(shape.route)],
      [SHAPE_CONSTANT, said],
      [SHAPE_NEEDED_ID, shape.neededId ?? -1],
      [SHAPE_HANDED, placedHanded(machine, places, shape.handed ?? [])],
    ];
    const placed = placedSlots(shape.layout.slots, places);
    this.tape = new Tape(shape.layout, placed, machine, interest);
    this.notes = new Notes(shape.layout, placed, this.tape, interest);
    for (const [offset, value] of entries) machine.set(this.address, offset, value);
  }

  /** Records of the shape are events of another one, too. */
  addSecond(second: Address): void {
    this.#machine.set(this.address, SHAPE_SECOND, second);
  }

  /** Tells the scanner whether rules wait for the first value of what every record of the shape has. */
  refresh(isKnown: (path: number) => boolean): void {
    this.#constants = this.#constants.filter((path) => !isKnown(path));
    const { layout, keyedByContent, emptyCounts } = this.shape;
    const flags =
      (layout.constant.length > 0 ? ALWAYS_READ : 0) |
      (this.#constants.length > 0 ? CONSTANTS_NEW : 0) |
      (keyedByContent ? KEYED_BY_CONTENT : 0) |
      (emptyCounts ? EMPTY_COUNTS : 0);
    this.#machine.set(this.address, SHAPE_FLAGS, flags);
  }

  /** Whether one more route can be remembered. */
  get hasRoom(): boolean {
    return this.#routes < MOST_ROUTES;
  }

  /** From now on these read the records that have the same route as the one that was scanned last. */
  addRoute(readers: Address): void {
    const machine = this.#machine;
    const length = machine.functions.routeKey(this.address);
    const route = machine.functions.allocate(ROUTE_KEY + length);
    const key = machine.addresses.scratch;
    machine.bytes.copyWithin(route + ROUTE_KEY, key, key + length);
    machine.set(route, ROUTE_NEXT, machine.get(this.address, SHAPE_ROUTES));
    machine.set(route, ROUTE_READERS, readers);
    machine.set(route, ROUTE_KEY_LENGTH, length);
    machine.set(this.address, SHAPE_ROUTES, route);
    machine.set(this.address, SHAPE_LAST_ROUTE, route);
    this.#routes++;
  }

  /** Of an identity, and of the same one without any facts. */
  #parts(identity: readonly (string | undefined)[], without: readonly (string | undefined)[]): Address {
    const words = identity.flatMap((part, position) => {
      const fact = factOf(part) ?? -1;
      const text = without[position];
      if (text === undefined) return [fact, 0, NO_TEXT, 0];
      const bytes = Buffer.from(text);
      return [fact, this.#machine.placeBytes(bytes), bytes.length, 0];
    });
    return this.#machine.place([words.length / (PART_SIZE / 4), 0, 0, 0, ...words]);
  }
}

function placedTests(machine: Machine, tests: readonly FactTest[]): Address {
  const words = tests.flatMap((test) => {
    const text = 'text' in test ? Buffer.from(test.text) : undefined;
    return [
      test.fact,
      KINDS[test.kind],
      text === undefined ? 0 : machine.placeBytes(text),
      text?.length ?? 0,
    ];
  });
  return machine.place([words.length / (TEST_SIZE / 4), 0, 0, 0, ...words]);
}

/** 0 for nothing. */
function placedHanded(machine: Machine, places: Places, handed: readonly Handed[]): Address {
  if (handed.length === 0) return 0;
  const words = handed.flatMap(({ from, segment, fact, node }) => [
    from,
    machine.placeBytes(Buffer.from(segment?.marker ?? '')),
    segment === undefined ? -1 : segment.marker.length,
    machine.placeBytes(Buffer.from(segment?.rest ?? '')),
    segment?.rest === undefined ? -1 : segment.rest.length,
    fact ?? -1,
    places.addressOf(node),
    0,
  ]);
  return machine.place([words.length / (HANDED_SIZE / 4), 0, 0, 0, ...words]);
}

/** What carries records, where `addressOf` knows the shapes of these. */
export function placedCarrier(
  { root, facts, fits, others, isLine, shapes }: ByteCarrier,
  machine: Machine,
  places: Places,
  addressOf: (shape: ByteShape) => Address,
): Address {
  const address = machine.functions.allocate(SHAPE_SIZE);
  const flags =
    (others === undefined ? 0 : CARRIES_LIST) | (isLine ? CARRIES_LINES | CARRIES_PARTS : 0) | EMPTY_COUNTS;
  const entries: readonly (readonly [offset: number, value: number])[] = [
    [SHAPE_ROOT, places.add(root)],
    [SHAPE_FLAGS, flags],
    [SHAPE_FACTS_COUNT, facts],
    [SHAPE_FITS, placedTests(machine, fits)],
    [SHAPE_OBJECTS, others === 'any' ? -1 : (others ?? 0)],
    [SHAPE_CARRIED, machine.placeList(shapes.map(addressOf))],
  ];
  for (const [offset, value] of entries) machine.set(address, offset, value);
  return address;
}

/** Stands for the text of a fact, to find out where an identity has which. */
const MARK = '\0fact ';

const factOf = (part: string | undefined): number | undefined =>
  part?.startsWith(MARK) === true ? Number(part.slice(MARK.length)) : undefined;

function joinedOf(places: Places, { layout }: ByteShape) {
  return layout.constantly.length === 0 ? undefined : places.joined(layout.constantly);
}
