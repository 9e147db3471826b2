/** What an excepted alert carries about the exception. */
import type { JsonObject } from '../../data/document.ts';
import type { Excepted } from '../../model/alert.ts';
import type { RuleException } from '../../rules/rule.ts';

export const exceptedBy = ({ list, item, name, owner, reason, expires }: RuleException): Excepted => ({
  list,
  item,
  name,
  ...(owner === undefined ? {} : { owner }),
  ...(reason === undefined ? {} : { reason }),
  ...(expires === undefined ? {} : { expires }),
});

/** For the alert's document, under `winnow`. */
export const exceptedFields = (excepted: Excepted | undefined): JsonObject =>
  excepted === undefined ? {} : { excepted: { ...excepted } };
