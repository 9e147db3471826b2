# Completion of winnow for bash: source <(winnow completion bash)
_winnow() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
  COMPREPLY=()
  if [[ $COMP_CWORD == 1 ]]; then
    COMPREPLY=($(compgen -W 'scan explain query rules test demo lofp completion version' -- "$word")); return
  fi
  case "$command" in
    rules) [[ $COMP_CWORD == 2 ]] && COMPREPLY=($(compgen -W 'list show' -- "$word")) && return ;;
    lofp) [[ $COMP_CWORD == 2 ]] && COMPREPLY=($(compgen -W 'build search show quality new explain site open' -- "$word")) && return ;;
  esac
  case "$command" in rules|lofp) command="$command ${COMP_WORDS[2]}" ;; esac
  case "$command" in
    'scan')
      case "$previous" in
        --format) COMPREPLY=($(compgen -W 'auto audit ecs gke tetragon falco' -- "$word")); return ;;
        --severity) COMPREPLY=($(compgen -W 'low medium high critical' -- "$word")); return ;;
        --engine) COMPREPLY=($(compgen -W 'bytes index compiled interpreter' -- "$word")); return ;;
        --array-order) COMPREPLY=($(compgen -W 'lucene source' -- "$word")); return ;;
        --completion) COMPREPLY=($(compgen -W 'off prefilter fixture http' -- "$word")); return ;;
        --mode) COMPREPLY=($(compgen -W 'stream compat' -- "$word")); return ;;
        --on-max-signals) COMPREPLY=($(compgen -W 'summarise drop' -- "$word")); return ;;
        --output|-o) COMPREPLY=($(compgen -W 'table json ndjson csv sarif junit md html github' -- "$word")); return ;;
        --fail-on) COMPREPLY=($(compgen -W 'low medium high critical never' -- "$word")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--format --cluster --keep-request-received --since --until --rules -r --exceptions --overlay --severity --rule --tag --deprecated --building-blocks --ignore-index --engine --threads --costs --indicators --anomalies --table --array-order --completion --completion-answers --completion-url --completion-model --completion-timeout --completion-requests --completion-tokens --mode --lateness --on-max-signals --history --state --finish --compare-modes --output -o --catalogue --behaviours --values --alerts --fail-on --max-groups --show-refused --color --quiet -q --config' -- "$word")) && return ;;
    'explain')
      case "$previous" in
        --format) COMPREPLY=($(compgen -W 'auto audit ecs gke tetragon falco' -- "$word")); return ;;
        --array-order) COMPREPLY=($(compgen -W 'lucene source' -- "$word")); return ;;
        --mode) COMPREPLY=($(compgen -W 'stream compat' -- "$word")); return ;;
        --output|-o) COMPREPLY=($(compgen -W 'text json' -- "$word")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--format --cluster --keep-request-received --rules -r --exceptions --overlay --rule --indicators --anomalies --table --array-order --mode --lateness --history --key --output -o --catalogue --behaviours --values --color --quiet -q --nearest --all --config' -- "$word")) && return ;;
    'query')
      case "$previous" in
        --format) COMPREPLY=($(compgen -W 'auto audit ecs gke tetragon falco' -- "$word")); return ;;
        --language) COMPREPLY=($(compgen -W 'esql kuery lucene eql' -- "$word")); return ;;
        --array-order) COMPREPLY=($(compgen -W 'lucene source' -- "$word")); return ;;
        --completion) COMPREPLY=($(compgen -W 'off prefilter fixture http' -- "$word")); return ;;
        --output|-o) COMPREPLY=($(compgen -W 'table json ndjson csv' -- "$word")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--format --cluster --language --keep-request-received --ignore-index --table --array-order --completion --completion-answers --completion-url --completion-model --completion-timeout --completion-requests --completion-tokens --output -o --color --quiet -q --config' -- "$word")) && return ;;
    'rules list')
      case "$previous" in
        --severity) COMPREPLY=($(compgen -W 'low medium high critical' -- "$word")); return ;;
        --output|-o) COMPREPLY=($(compgen -W 'table json ndjson csv' -- "$word")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--rules -r --exceptions --overlay --severity --rule --tag --deprecated --building-blocks --table --output -o --warnings --color --quiet -q --config' -- "$word")) && return ;;
    'rules show')
      case "$previous" in
        --output|-o) COMPREPLY=($(compgen -W 'text json' -- "$word")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--rules -r --exceptions --overlay --table --output -o --catalogue --behaviours --values --color --quiet -q --config' -- "$word")) && return ;;
    'test')
      case "$previous" in
        --array-order) COMPREPLY=($(compgen -W 'lucene source' -- "$word")); return ;;
        --completion) COMPREPLY=($(compgen -W 'off prefilter fixture http' -- "$word")); return ;;
        --output|-o) COMPREPLY=($(compgen -W 'text json junit sarif' -- "$word")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--rules -r --exceptions --overlay --rule --table --array-order --completion --completion-answers --completion-url --completion-model --completion-timeout --completion-requests --completion-tokens --output -o --color --quiet -q --config' -- "$word")) && return ;;
    'demo')
      case "$previous" in
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--color --quiet -q --seed --config' -- "$word")) && return ;;
    'lofp build')
      case "$previous" in
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--out --behaviours --color --quiet -q --config' -- "$word")) && return ;;
    'lofp search')
      case "$previous" in
        --output|-o) COMPREPLY=($(compgen -W 'table json ndjson md' -- "$word")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--output -o --catalogue --limit --color --quiet -q --config' -- "$word")) && return ;;
    'lofp show')
      case "$previous" in
        --output|-o) COMPREPLY=($(compgen -W 'table json ndjson md' -- "$word")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--output -o --catalogue --behaviours --values --color --quiet -q --config' -- "$word")) && return ;;
    'lofp quality')
      case "$previous" in
        --output|-o) COMPREPLY=($(compgen -W 'table json ndjson md' -- "$word")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--output -o --catalogue --color --quiet -q --config' -- "$word")) && return ;;
    'lofp new')
      case "$previous" in
        --output|-o) COMPREPLY=($(compgen -W 'table json ndjson md' -- "$word")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--output -o --catalogue --limit --color --quiet -q --config' -- "$word")) && return ;;
    'lofp explain')
      case "$previous" in
        --format) COMPREPLY=($(compgen -W 'auto audit ecs gke tetragon falco' -- "$word")); return ;;
        --output|-o) COMPREPLY=($(compgen -W 'table json ndjson md' -- "$word")); return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--format --cluster --keep-request-received --output -o --behaviours --values --color --quiet -q --config' -- "$word")) && return ;;
    'lofp site')
      case "$previous" in
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--catalogue --behaviours --color --quiet -q --config' -- "$word")) && return ;;
    'lofp open')
      case "$previous" in
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--catalogue --behaviours --port --color --quiet -q --config' -- "$word")) && return ;;
    'completion')
      case "$previous" in
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--color --quiet -q --config' -- "$word")) && return ;;
    'version')
      case "$previous" in
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
      esac
      [[ $word == -* ]] && COMPREPLY=($(compgen -W '--color --quiet -q --config' -- "$word")) && return ;;
  esac
  COMPREPLY=($(compgen -f -- "$word"))
}
complete -o filenames -F _winnow winnow
