"""`python_eql.py EVENTS QUERIES`: EQL in Python, as a library runs it over events that it is given one by one.

With `probe` behind it, every query runs for itself, and one that fails on an event counts as not understood.
"""

import json
import sys
import time

import eql
from eql.engine import PythonEngine
from eql.parser import elasticsearch_syntax


def parsed(query):
    try:
        with elasticsearch_syntax:
            return eql.parse_query(query)
    except eql.EqlError:
        return None


def engine_of(queries, matches):
    def count(output):
        matches[int(output.analytic_id)] += 1

    engine = PythonEngine()
    for number, query in queries:
        metadata = {"id": str(number), "name": str(number)}
        engine.add_analytic(eql.ast.EqlAnalytic(metadata=metadata, query=query))
    engine.add_output_hook(count)
    return engine


def stream(engine, events):
    with open(events, encoding="utf-8") as file:
        for position, line in enumerate(file):
            document = json.loads(line)
            engine.stream_event(eql.Event(document["event"]["category"], position, document))
    engine.finalize()


def probe(numbered, matches, events):
    for number, query in numbered:
        try:
            stream(engine_of([(number, query)], matches), events)
        except Exception:  # whatever a query fails with, it is not understood
            matches[number] = None


def main(events, queries, is_probe):
    with open(queries, encoding="utf-8") as file:
        understood = [parsed(query) for query in json.load(file)]
    matches = [None if query is None else 0 for query in understood]
    numbered = [(number, query) for number, query in enumerate(understood) if query is not None]
    start = time.process_time()
    if is_probe:
        probe(numbered, matches, events)
    else:
        engine = engine_of(numbered, matches)
        start = time.process_time()
        stream(engine, events)
    print(json.dumps({"seconds": time.process_time() - start, "matches": matches}))


main(sys.argv[1], sys.argv[2], "probe" in sys.argv[3:])
