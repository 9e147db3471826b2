import { defineMessages } from './define.ts';

export const filterMessages = defineMessages({
  FIL101: {
    severity: 'error',
    title: 'A clause that Winnow does not know',
    why: 'A filter holds a clause of Elasticsearch’s Query DSL. Winnow runs those that decide single events by their fields; a rule that would be wrong without the clause is refused.',
    fix: 'Write the condition in the rule’s query, or with one of the clauses that the hint names.',
    example: '{"query":{"ids":{"values":["1"]}}}',
  },
  FIL102: {
    severity: 'error',
    title: 'A filter of the wrong shape',
    why: 'A filter is an object with a `query` that has exactly one clause; a clause about a field names exactly one field.',
    fix: 'Correct the filter. Kibana shows its form under “Edit as Query DSL”.',
    example: '{"query":{}}',
  },
  FIL103: {
    severity: 'error',
    title: 'A parameter that Winnow does not know',
    why: 'The parameter changes what the clause means, so it cannot be left out silently.',
    fix: 'Remove the parameter, or write the condition in the rule’s query.',
    example: '{"query":{"match_phrase":{"user.name":{"query":"a b","slop":2}}}}',
  },
  FIL104: {
    severity: 'error',
    title: 'A filter nested too deeply',
    why: 'Filters are limited in depth so that none can exhaust the stack.',
    fix: 'Remove levels that change nothing.',
  },
  FIL105: {
    severity: 'error',
    title: 'A question that Winnow cannot ask of this field',
    why: 'Elasticsearch matches regular expressions and ranges against the single words of analysed text. Winnow does not, and a rule that would be wrong silently is refused instead.',
    fix: 'Use `match`, `match_phrase` or `wildcard` on analysed text.',
    example: '{"query":{"range":{"message":{"gt":"b"}}}}',
  },
  FIL106: {
    severity: 'error',
    title: 'A regular expression that cannot be run',
    why: 'The expression is not valid, or uses an operator that cannot be run in linear time.',
    fix: 'Correct the expression, or write it without that operator.',
    example: '{"query":{"regexp":{"process.name":"a~b"}}}',
  },
  FIL201: {
    severity: 'warning',
    title: 'A value or a question that does not fit the field',
    why: 'The value cannot be read as the type of the field, or fields of this type know no such question. Elasticsearch fails the search; here the condition is false and the rest of the rule works.',
    fix: 'Correct the value or the field.',
    example: '{"query":{"term":{"destination.port":"https"}}}',
  },
});
