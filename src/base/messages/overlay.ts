import { defineMessages } from './define.ts';

export const overlayMessages = defineMessages({
  OVL010: {
    severity: 'error',
    title: 'An overlay lacks something that it needs',
    why: 'An overlay names the rule that it changes by its `rule_id`. One that is not whole changes nothing.',
    fix: 'Add the key that the message names.',
    example: '[[overlay]]\nenabled = false\n',
  },
  OVL011: {
    severity: 'error',
    title: 'A value of an overlay is of the wrong kind',
    why: 'The rule could not be run with the value. The overlay changes nothing, and the rule runs as its author wrote it.',
    fix: 'Give the value that the message asks for.',
    example: '[[overlay]]\nrule_id = "x"\nenabled = "no"\n',
  },
  OVL012: {
    severity: 'warning',
    title: 'An unknown key in an overlay',
    why: 'The key has no effect here.',
    fix: 'Correct or remove the key. What belongs to the rule stands below `[overlay.rule]`.',
    example: '[[overlay]]\nrule_id = "x"\nenable = false\n',
  },
  OVL013: {
    severity: 'error',
    title: 'A key that an overlay cannot change',
    why: 'With another `rule_id`, `type`, `language` or `query` it would be another rule. The overlay changes nothing.',
    fix: 'Add a condition with `and` or `and_not`; copy the rule under a new id if that is not enough.',
    example: '[[overlay]]\nrule_id = "x"\n[overlay.rule]\nquery = "*"\n',
  },
  OVL014: {
    severity: 'error',
    title: 'Two overlays change the same rule',
    why: 'Which of them should win cannot be told. The first one is used.',
    fix: 'Put both changes into one overlay.',
    example: '[[overlay]]\nrule_id = "x"\n[[overlay]]\nrule_id = "x"\n',
  },
  OVL015: {
    severity: 'error',
    title: 'A clause that cannot be added',
    why: 'The rule is in a language whose queries Winnow cannot narrow by a clause. The overlay changes nothing.',
    fix: 'Use an exception, or copy the rule under a new id.',
  },
  OVL101: {
    severity: 'warning',
    title: 'An overlay is for a rule that is not there',
    why: 'No loaded rule has the id: the author removed it, or the overlay belongs to another set of rules. What the overlay was written for may no longer be watched, or no longer be silenced.',
    fix: 'Remove the overlay, or look for the rule that took the place.',
  },
  OVL102: {
    severity: 'warning',
    title: 'The author of a rule changed what an overlay changes',
    why: 'The overlay was written against another version of the rule. Since then its author changed the same key, or the query that a clause was added to. The overlay still wins.',
    fix: 'Compare the two values, keep the better one, and set `base` to the rule’s present version.',
  },
  OVL103: {
    severity: 'note',
    title: 'An overlay does not say what it was written against',
    why: 'Without `base` nobody can tell when the rule’s author changes what the overlay changes.',
    fix: 'Add the line that the hint gives.',
  },
  OVL104: {
    severity: 'note',
    title: 'An overlay sets what the rule has by itself',
    why: 'The author’s value is the overlay’s by now.',
    fix: 'Remove the key from the overlay.',
  },
});
