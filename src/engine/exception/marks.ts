/** What an excepted alert carries about the exception. */
import type { JsonObject } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import type { Alert, Excepted } from '../../model/alert.ts';
import type { RuleException } from '../../rules/rule.ts';

/** The alert, with the exception as `winnow.excepted` of its document. */
export function markExcepted(alert: Alert, exception: RuleException): Alert {
  const excepted = exceptedBy(exception);
  const { winnow } = alert.document;
  const marked: JsonObject = { ...(isObject(winnow) ? winnow : {}), excepted: { ...excepted } };
  return { ...alert, excepted, document: { ...alert.document, winnow: marked } };
}

const exceptedBy = ({ list, item, name, owner, reason, expires }: RuleException): Excepted => ({
  list,
  item,
  name,
  ...(owner === undefined ? {} : { owner }),
  ...(reason === undefined ? {} : { reason }),
  ...(expires === undefined ? {} : { expires }),
});
