/** Functions that the language has and Winnow does not run, with what to do instead; and names from other languages. */

const PLAIN = 'leave it out, or compute the value with the functions that there are';

const NOT_RUN = [
  'absent absent_over_time acos acosh asin asinh atan atan2 atanh avg_over_time bit_length byte_length categorize cbrt',
  'chicken chunk clamp clamp_max clamp_min copy_sign cos cosh count_distinct_over_time count_over_time date_range day_name decay delta',
  'deriv dense_vector e embed exp field_extract field_names first_over_time hypot idelta increase ip_prefix irate',
  'json_keys knn last_over_time log10 match_phrase max_over_time median_absolute_deviation min_over_time month_name',
  'multi_match mv_append mv_difference mv_intersects mv_median mv_median_absolute_deviation mv_percentile mv_pseries_weighted_sum mv_stddev',
  'mv_union mv_zip network_direction percentile_over_time pi present present_over_time qstr range_max range_min range_within rate',
  'repeat reverse round_to sample scalb score sha512 signum sin sinh sparkline st_buffer st_centroid_agg st_contains st_convexhull st_disjoint st_dimension st_envelope',
  'st_extent_agg st_geohash st_geohash_to_long st_geohash_to_string st_geohex st_geohex_to_long st_geohex_to_string',
  'st_geometrytype st_geotile st_geotile_to_long st_geotile_to_string st_intersects st_isempty st_npoints st_simplify st_simplifypreservetopology st_union_agg',
  'st_within st_xmax st_xmin st_ymax st_ymin stddev_over_time sum_over_time tan tanh tau tbucket tdigest_percentile text_embedding',
  'to_aggregate_metric_double to_cartesianpoint to_cartesianshape to_date_nanos to_dateperiod to_degrees to_dense_vector',
  'to_exponential_histogram to_geohash to_geohex to_geoshape to_geotile to_radians to_tdigest to_timeduration tolower top_snippets trange',
  'url_encode url_encode_component v_cosine v_dot_product v_hamming v_l1_norm v_l2_norm v_magnitude values_over_time variance',
  'variance_over_time weighted_avg without',
].flatMap((names) => names.split(' '));

const INSTEAD: Readonly<Record<string, string>> = {
  absent: 'write COUNT(field) == 0',
  present: 'write COUNT(field) > 0',
  bit_length: 'count code points with LENGTH',
  byte_length: 'count code points with LENGTH',
  day_name: 'write DATE_EXTRACT("day_of_week", field)',
  month_name: 'write DATE_EXTRACT("month_of_year", field)',
  log10: 'write LOG(10, number)',
  match_phrase: 'write KQL("""field: "some words" """)',
  multi_match: 'write MATCH for each field, joined by OR',
  qstr: 'write KQL("…")',
  tbucket: 'write BUCKET(@timestamp, 5 minutes)',
  ip_prefix: 'write CIDR_MATCH(field, "10.0.0.0/8")',
  network_direction: 'write CIDR_MATCH for both addresses',
};

/** By the name in small letters. */
export const NOT_RUN_FUNCTIONS: ReadonlyMap<string, string> = new Map(
  NOT_RUN.filter((name) => name !== 'tolower').map((name): [string, string] => [
    name,
    INSTEAD[name] ?? PLAIN,
  ]),
);

/** What other languages call a function, with what to write. */
export const FOREIGN_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['if', 'write CASE(condition, value, otherwise)'],
  ['iff', 'write CASE(condition, value, otherwise)'],
  ['nvl', 'write COALESCE(a, b)'],
  ['ifnull', 'write COALESCE(a, b)'],
  ['lower', 'write TO_LOWER(text)'],
  ['tolower', 'write TO_LOWER(text)'],
  ['upper', 'write TO_UPPER(text)'],
  ['toupper', 'write TO_UPPER(text)'],
  ['len', 'write LENGTH(text)'],
  ['strlen', 'write LENGTH(text)'],
  ['substr', 'write SUBSTRING(text, start, length)'],
  ['startswith', 'write STARTS_WITH(text, prefix)'],
  ['endswith', 'write ENDS_WITH(text, suffix)'],
  ['stringcontains', 'write CONTAINS(text, part)'],
  ['indexof', 'write LOCATE(text, part), which counts from 1'],
  ['cidrmatch', 'write CIDR_MATCH(ip, block)'],
  ['dc', 'write COUNT_DISTINCT(field)'],
  ['dcount', 'write COUNT_DISTINCT(field)'],
  ['make_set', 'write VALUES(field)'],
  ['collect', 'write VALUES(field)'],
  ['stddev', 'write STD_DEV(number)'],
  ['power', 'write POW(base, exponent)'],
  ['date_histogram', 'write BUCKET(field, 1 hour)'],
  ['query', 'write KQL("…")'],
]);
