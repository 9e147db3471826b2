/** False-positive texts that say nothing: they grade the rule that has them and are no statements (false-positives §0). */
import { normalised } from './words.ts';

const NOTHING = String.raw`(unknown|unlikely|likely|none|no|nil|n\/?a|tbd|todo|to be (determined|defined)|undetermined|rare|possible|possible but rare|low|high|medium|unclear|not known|\?|-)`;
const DEGREE = String.raw`((very|highly|mostly|currently|still|extremely|most) )?`;
const FALSE_POSITIVES = String.raw`(false[ -]?pos(i)?tives?|fps?)`;
const SO_FAR = String.raw`( (at (this|the) (time|moment|point)|(at )?present(ly)?|so far|yet|currently|for (this|the) (detection|analytic|search|rule)))?`;

const patterns = [
  String.raw`${DEGREE}${NOTHING}${SO_FAR}`,
  String.raw`(none|nothing|no ${FALSE_POSITIVES}|no known ${FALSE_POSITIVES}|no ${FALSE_POSITIVES} known) ?(have been |has been |are |were )?(identified|known|found|expected|seen|observed|reported)?${SO_FAR}`,
  String.raw`none (currently|thus far|so far) (known|found|identified|seen)`,
  String.raw`(unknown|unlikely)[.,;]? (this may require filtering|feedback welcomed|and should be investigated( immediately)?|investigate matches carefully)`,
  String.raw`(there are|there is|while this (search|detection|analytic) has|this (search|detection|analytic) has) (currently )?(no|none) (known )?${FALSE_POSITIVES}( (identified|known))?${SO_FAR}`,
  String.raw`(limited to )?no ${FALSE_POSITIVES} are (expected|known|likely)${SO_FAR}`,
  String.raw`${FALSE_POSITIVES} (are|is|should be|will be|may be|would be|have been|have not been|not) (${DEGREE}|been )?(unknown|unlikely|limited|minimal|low|few|none|rare|not known|identified|not expected|uncommon|possible|expected)( or none)?${SO_FAR}`,
  String.raw`(currently )?unknown ${FALSE_POSITIVES}`,
  String.raw`(very )?(few|limited|minimal|low|rare) ${FALSE_POSITIVES}`,
  String.raw`(some |any )?(legitimate|benign|valid|normal|authori[sz]ed) (use|usage|activity|activities|behaviou?r|change|changes)`,
  String.raw`unknown \(?(data ?set is too small; further testing needed|further testing needed)\)?`,
];

const JUNK = new RegExp(`^(${patterns.join('|')})$`);

/** Requests to filter say nothing about what to filter. */
const FILLER =
  /[.,;:]? ?\b(but |however,? ?|and )?((if|when) (any|some) are (present|found|seen),? ?)?(please )?(filter(ing)?( may be (needed|required))?( (and|or) (modify|monitor|tune))?( them)?( (as|if|when|where) (needed|required|necessary|appropriate))|filter(ing)? may be (needed|required)|filter accordingly|review this alert)\b/g;

/** Whether the text says nothing about what benign activity could look like. */
export function isJunk(text: string): boolean {
  const said = normalised(text)
    .replace(FILLER, '')
    .replace(/^[\s.,;:!]+|[\s.,;:!]+$/g, '');
  return said === '' || JUNK.test(said);
}
