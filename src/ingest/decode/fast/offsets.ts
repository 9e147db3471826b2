/**
 * Where things lie in the memory that the scanner in WebAssembly shares with us: read by both sides, as the compiler of
 * the one understands these declarations too. Everything is little-endian and begins at a multiple of sixteen.
 */

/**
 * A key of an object: the edge that followed it last time, the place to which it leads, how long it is with both quotes
 * and its colon, where its bytes behind the first 32 lie, those, and the hash of it with its quotes. It fills a line of the
 * processor's caches together with the beginning of a place.
 */
export const EDGE_NEXT = 0;
export const EDGE_PLACE = 4;
export const EDGE_LENGTH = 8;
export const EDGE_REST = 12;
export const EDGE_KEY = 16;
export const EDGE_KEY_BYTES = 32;
export const EDGE_HASH = 60;
export const EDGE_SIZE = 64;

/**
 * A place: what is known of the values at one path. It lies behind the edge of the key that leads there, in the same two
 * lines: a value that nobody asks for takes the first one only. What stands at 12 belongs to that edge.
 */
export const PLACE_EDGE = -48;
export const PLACE_FLAGS = 0;
/** The object in which the key was seen last. */
export const PLACE_SEEN_IN = 4;
/** The edge of the key that stood first last time. */
export const PLACE_FIRST = 8;
/** A number, or -1. */
export const PLACE_FACT = 16;
export const PLACE_NUMBER = 20;
/** Postings, or 0. */
export const PLACE_PRESENCE = 24;
export const PLACE_ALWAYS = 28;
/** A list of tables with its length before it; 0 for none, `UNBUILT` before the first value came. */
export const PLACE_TABLES = 32;
/** Answers for values that were looked up before, or 0, and the bits of a hash that say which one. */
export const PLACE_ANSWERS = 36;
export const PLACE_ANSWERS_MASK = 40;
/** The record in which the place last had a value on the tape, and in which it had a value at all. */
export const PLACE_TAPED_IN = 44;
export const PLACE_PRESENT_IN = 48;
/** Its first and last value on the tape, counted from 1. */
export const PLACE_TAPE_FIRST = 52;
export const PLACE_TAPE_LAST = 56;
/** The record in which a list began here last. */
export const PLACE_LISTED_IN = 60;
/** A hash table of edges by their keys: where it lies, its size less one, how many keys it has. */
export const PLACE_KEYS = 64;
export const PLACE_KEYS_MASK = 68;
export const PLACE_KEYS_COUNT = 72;
/** Keys below that were learnt from records. */
export const PLACE_LEARNT = 76;
export const PLACE_SIZE = 80;
export const UNBUILT = 1;

/** Not to be understood as a list, as an object, as a single value, or at all. */
export const NO_LIST = 1;
export const NO_OBJECT = 2;
export const NO_SCALAR = 4;
export const REFUSED = 8;
/** Keys that are not known are not understood. */
export const STRICT = 16;
/** Dots in keys count as underscores. */
export const UNDERSCORED = 32;
/** Rules read the very value that stands here. */
export const READ = 64;
/** What stands here may become a value that rules read. */
export const SOURCE = 128;
/** Nobody has yet seen a value at some path that gets this one. */
export const NEW = 256;
/** Such a value came: to be asked about again before the next block. */
export const NEW_SEEN = 512;
/** Values are noted on the tape. */
export const TAPED = 1024;
/** That there is any value here or below is noted. */
export const PRESENCE_NOTED = 2048;
/** Keys are those of our tree, not learnt from records. */
export const STATIC = 4096;
/** What documents have differs from what stands here: always, when it is a list, an object, a word, or a list in a list. */
export const INEXACT = 8192;
export const INEXACT_LIST = 16384;
export const INEXACT_OBJECT = 32768;
export const INEXACT_WORD = 65536;
export const INEXACT_NESTED = 131072;
/** What stands here is the content of the record, and the document has no empty texts of it. */
export const CONTENT = 262144;
export const PRUNED = 524288;
/** The place has a fact, a posting for presence, tables, or a posting for whatever stands there. */
export const HAS_FACT = 1048576;
export const HAS_PRESENCE = 2097152;
export const HAS_TABLES = 4194304;
export const HAS_ALWAYS = 33554432;
/** Keys that are not known are not understood when they begin as those of other forms of records, when they have dots. */
export const GUARDED = 8388608;
export const DOTLESS = 16777216;
/** A text that stands here is a record of its own. */
export const CARRIES = 67108864;
/** So is an object that stands in a list here. */
export const CARRIES_OBJECTS = 134217728;

/** What the values of one path are looked up in. A bit for each length that some text has; the last one for all longer. */
export const TABLE_LENGTHS = 0;
/** A hash table of texts, and its size less one. */
export const TABLE_TEXTS = 32;
export const TABLE_TEXTS_MASK = 36;
/** What is searched for in values, or 0. */
export const TABLE_PIECES = 40;
/** Numbers and bounds of numbers: how many, and where. */
export const TABLE_NUMBERS_COUNT = 64;
export const TABLE_NUMBERS = 68;
export const TABLE_BOUNDS_COUNT = 72;
export const TABLE_BOUNDS = 76;
/** Blocks of addresses, as far as addresses of four bytes can lie in them: how many, and where. */
export const TABLE_BLOCKS_COUNT = 80;
export const TABLE_BLOCKS = 84;
/** Texts that may be numbers, or addresses of another form, are to be looked up by us: with what they are told by. */
export const TABLE_ODD_TEXTS = 88;
export const TABLE_SIZE = 96;
export const ODD_NUMBERS = 1;
export const ODD_ADDRESSES = 2;
/** Pieces that the scanner cannot look for. */
export const ODD_ALL = 4;
/** Some of its texts have other characters than ASCII, as only texts do that have, too. */
export const ODD_WIDE = 8;

/** A block: the bits that addresses in it have, which bits those are, and its posting. */
export const BLOCK_BASE = 0;
export const BLOCK_MASK = 4;
export const BLOCK_POSTING = 8;
export const BLOCK_SIZE = 16;

/** One text of the hash table: its hash, length and posting, and itself, in lower case and with zeros behind it. */
export const TEXT_HASH = 0;
export const TEXT_LENGTH = 4;
export const TEXT_POSTING = 8;
export const TEXT_BYTES = 16;

/** A number with its posting; a bound has its order besides. */
export const NUMBER_VALUE = 0;
export const NUMBER_POSTING = 8;
export const NUMBER_ORDER = 12;
export const NUMBER_SIZE = 16;
export const ORDER_LT = 0;
export const ORDER_LTE = 1;
export const ORDER_GT = 2;
export const ORDER_GTE = 3;

/**
 * A posting: the number of its words in the first set, where its runs in other sets are or 0, the record in which it was
 * met last, and the last choice of usual postings that it was among; then of each word of the first set the offset among the needs and the bits to set there. Runs have their
 * number before them; a run has its offset among the needs, its length, and the bits to set.
 */
export const POSTING_OTHERS = 4;
export const POSTING_MET_IN = 8;
export const POSTING_USUAL = 12;
export const POSTING_WORDS = 16;
export const RUN_OFFSET = 0;
export const RUN_LENGTH = 4;
export const RUN_BITS = 16;

/**
 * Pieces of patterns: for each word of the bits, how many are set before it; for each bit that is set, its piece, or a
 * list of pieces and the mark for that, or 0 where no bit is set; short pieces that stand anywhere, with what
 * tells where one may begin; those that stand at the beginning and at the end; single characters that stand anywhere, as
 * a list of them with their postings; and the bits.
 */
export const PIECES_RANKS = 4;
export const PIECES_FILED = 8;
export const PIECES_SHORT = 12;
export const PIECES_HALVES = 16;
export const PIECES_AT_START = 20;
export const PIECES_AT_END = 24;
export const PIECES_SINGLES = 28;
export const PIECES_BITS = 32;
export const LISTED = 1;
/** A window: so many characters in a word, with letters in lower case, what the word is multiplied by, and how much of that counts. */
export const WINDOW = 4;
export const WINDOW_FOLD = 0x20202020;
export const WINDOW_MIXER = 0x9e3779b1;
export const WINDOW_SHIFT = 18;
/** A piece: its posting, its length, how far before its window it begins, where it must stand, and itself. */
export const PIECE_POSTING = 0;
export const PIECE_LENGTH = 4;
export const PIECE_BACK = 8;
export const PIECE_AT = 12;
export const PIECE_TEXT = 16;
export const PIECE_SIZE = 16;
export const AT_START = 1;
export const AT_THE_END = 2;
/** Short pieces: how many groups of four, then of each group which bytes of a word count, what they are, and the rest. */
export const GROUP_MASKS = 0;
export const GROUP_TEXTS = 16;
export const GROUP_POSTINGS = 32;
export const GROUP_LENGTHS = 48;
export const GROUP_SIZE = 64;
/** For each of the first three characters of short pieces, kinds by the lower and by the upper half of the character. */
export const HALVES_SIZE = 96;
/** Up to eight single characters: kinds by both halves, each of one character, and their postings. */
export const SINGLES_POSTINGS = 32;
export const SINGLES_SIZE = 64;

/** A shape of records. */
export const SHAPE_ROOT = 0;
export const SHAPE_FLAGS = 4;
export const SHAPE_FACTS_COUNT = 8;
/** Lists with their lengths before them: tests that a record of the shape passes, and one that it passes to be left out. */
export const SHAPE_FITS = 12;
export const SHAPE_LEFT_OUT = 16;
/** Facts that are one plain text or absent; facts that are not seen twice. */
export const SHAPE_CLEAR = 20;
export const SHAPE_SINGLE = 24;
/** The fact that is the event's time. */
export const SHAPE_TIME = 28;
/** What makes the event's key, and what decides who reads it. */
export const SHAPE_IDENTITY = 32;
export const SHAPE_ROUTE = 36;
/** What all records of the shape say. */
export const SHAPE_CONSTANT = 40;
/** The route of the record before. */
export const SHAPE_LAST_ROUTE = 44;
/** All known routes as a list linked by `ROUTE_NEXT`. */
export const SHAPE_ROUTES = 48;
/** The fact without which equal records may be two, or -1. */
export const SHAPE_NEEDED_ID = 52;
/** Of what carries records in texts: the shapes of these, and the objects that there are besides those that have one each. */
export const SHAPE_CARRIED = 56;
export const SHAPE_OBJECTS = 60;
/** What the shape takes over from what carries its records. */
export const SHAPE_HANDED = 64;
/** The shape of a second event that each record is, or 0. */
export const SHAPE_SECOND = 68;
export const SHAPE_SIZE = 80;
export const MOST_SHAPES = 16;

/** Every record has values that rules read. */
export const ALWAYS_READ = 1;
/** Rules read values that no event had so far, and every record of the shape has. */
export const CONSTANTS_NEW = 2;
/** The key is the identity and the content. */
export const KEYED_BY_CONTENT = 4;
/** An empty text is a value. */
export const EMPTY_COUNTS = 8;
/** Records are carried in a list, or there is only one. */
export const CARRIES_LIST = 16;
/** A carried record may have a line feed behind it, which is not its own. */
export const CARRIES_LINES = 32;
/** No records are carried while a line waits for its rest. */
export const CARRIES_PARTS = 64;

/** A test: the fact, how it is tested, and the text with its length. */
export const TEST_FACT = 0;
export const TEST_KIND = 4;
export const TEST_TEXT = 8;
export const TEST_LENGTH = 12;
export const TEST_SIZE = 16;
export const TEST_EQUAL = 0;
export const TEST_STARTS = 1;
export const TEST_IS_TEXT = 2;
export const TEST_IS_THERE = 3;
/** A text that is not empty. */
export const TEST_IS_WORD = 4;
/** A list with an object or a list in it, where nothing else may stand. */
export const TEST_IS_LIST = 5;

/** A part of an identity: a fact, or -1, with the text that stands for it when it is absent. */
export const PART_FACT = 0;
export const PART_TEXT = 4;
export const PART_LENGTH = 8;
export const PART_SIZE = 16;

/** A route: who reads events with these facts. */
export const ROUTE_NEXT = 0;
export const ROUTE_READERS = 4;
export const ROUTE_KEY_LENGTH = 8;
export const ROUTE_KEY = 16;

/** Facts of the current record. */
export const FACT_STATE = 0;
export const FACT_FROM = 4;
export const FACT_TO = 8;
export const FACT_SIZE = 16;
export const MOST_FACTS = 32;
export const ABSENT = 0;
export const TEXT = 1;
export const OPENED = 2;
export const ODD = 3;

/** What is told of a record: where it lies, its time, two fingerprints, flags, and the place of its shape. */
export const RECORD_FROM = 0;
export const RECORD_TO = 4;
export const RECORD_TIME = 8;
export const RECORD_KEY = 16;
export const RECORD_CONTENT = 24;
export const RECORD_FLAGS = 32;
export const RECORD_SHAPE = 36;
/** Where its content lies, by which repeats are told. */
export const RECORD_CONTENT_FROM = 40;
export const RECORD_CONTENT_TO = 44;
/** Where the facts of its identity lie, in their order; twice the same where there is none. */
export const RECORD_FACTS = 48;
export const MOST_IDENTITY_FACTS = 8;
/** The line of the block that it is in, and which of several carried records it is, counted from 1; 0 when it is alone. */
export const RECORD_LINE = 112;
export const RECORD_ITEM = 116;
/** Where it begins in the scanner's memory when it is carried. */
export const RECORD_BEGIN = 120;
export const RECORD_SIZE = 128;
export const MOST_RECORDS = 1024;
export const IS_READ = 1;
export const LEFT_OUT = 2;
export const HAS_IDENTITY = 4;
/** It lies as a text in what carries it: its content and all that is in it are counted from elsewhere. */
export const CARRIED = 8;
/** It is the second event of the record before. */
export const SECOND = 16;

/** Why the scanner stopped: at the end, or at a record that is doubtful, may match, or has an unknown route. */
export const AT_END = 0;
export const DOUBTFUL = 1;
export const CANDIDATE = 2;
export const UNROUTED = 3;
/** Texts were found that carry records. */
export const OPENED_TEXTS = 4;

/** What is doubtful about a record: it is none, is not understood, or fits no shape; a field, its facts, or its time. */
export const NO_RECORD = 0;
export const NOT_UNDERSTOOD = 1;
export const NO_SHAPE = 2;
export const NEW_FIELD = 3;
export const UNSURE_FIELD = 4;
export const UNCLEAR = 5;
export const NO_TIME = 6;
export const NO_ROOM = 7;

/** An entry of the tape: a value, where it stands, and the next one of its place, counted from 1. */
export const TAPE_KIND = 0;
export const TAPE_FROM = 4;
export const TAPE_TO = 8;
export const TAPE_NEXT = 12;
export const TAPE_SIZE = 16;
export const MOST_TAPED = 4096;
export const TAPED_TEXT = 0;
export const TAPED_ESCAPED = 1;
export const TAPED_WORD = 2;

/** Places at most that some candidates read together for their outcomes to be remembered, and tables. */
export const MOST_KEY_PLACES = 64;
/** With a place: of its values it only matters which are empty texts. */
export const ONLY_EMPTINESS = 1;
/** With a place: of its values only those matter that meet anything in the table that follows, and which are empty. */
export const ONLY_SOUGHT = 2;
/** With a place: of its values only as much matters as the longest value has of the places that follow behind their number, and one character. */
export const ONLY_BEGINNING = 4;
/** Beside the flags of a record is its outcome by number, or 0, and later where the conditions stand that hold for it, or 0. */
export const HOLDS_SHIFT = 8;
/** With the number of an outcome: the scanner stops at its records all the same, as more has to be noted of them. */
export const STOPS = 0x80000000;

/** Bytes that can be looked at together, and what must be readable behind them. */
export const INPUT_BYTES = 262144;
/** A line that is longer than that is looked at alone, up to this length: it may carry many records. */
export const LONGEST_LINE = 4194304;
export const INPUT_MARGIN = 64;

/** Bytes of the secret that makes fingerprints ours alone. */
export const SECRET_BYTES = 1152;
/** Bytes that are hashed together. */
export const HASHED_BYTES = 1024;

/** Streams of container runtimes of which lines wait. */
export const WAITS_OUT = 1;
export const WAITS_ERR = 2;
/** Others: of files of Docker, and of what shippers hand on. */
export const WAITS_OTHER = 4;
/** Nothing waits, but lines are items of a list, and have commas behind them. */
export const IN_LIST = 8;

/** A record that is carried: where it lies, without the escapes that it had in a text. */
export const CARRIED_BEGIN = 0;
export const CARRIED_END = 4;
export const CARRIED_SIZE = 8;

/**
 * What is handed to a carried record: a fact, or a segment of the path that it is, behind a marker and before the rest, each
 * with its length, which is -1 where there is no marker or any rest will do; the fact that it is there, or -1, and its place.
 */
export const HANDED_FROM = 0;
export const HANDED_MARKER = 4;
export const HANDED_MARKER_LENGTH = 8;
export const HANDED_REST = 12;
export const HANDED_REST_LENGTH = 16;
export const HANDED_FACT = 20;
export const HANDED_PLACE = 24;
export const HANDED_SIZE = 32;
