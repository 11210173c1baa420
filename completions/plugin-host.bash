# bash completion of plugin-host; needs no bash-completion. Also of `npx plugin-host`, unless npx has a completion of its own.

# Sets _plugin_host_command to what answers: the program on the line, for npx the nearest installed one, else the one that made this script.
_plugin_host_find() {
  _plugin_host_path=$PATH
  local folder=$PWD
  if [ "$1" != npx ]; then
    _plugin_host_command=("$1")
    type "$1" >/dev/null 2>&1 && return
  else
    while :; do
      if [ -x "$folder/node_modules/.bin/plugin-host" ]; then
        _plugin_host_command=("$folder/node_modules/.bin/plugin-host")
        _plugin_host_path=$folder/node_modules/.bin:$PATH
        return
      fi
      [ -n "$folder" ] || break
      folder=${folder%/*}
    done
  fi
  _plugin_host_command=(@PROGRAM@)
}

_plugin_host() {
  local name=${1:-${COMP_WORDS[0]}} typed=${2-${COMP_WORDS[COMP_CWORD]}}
  local line answer kind prefix current word path i
  line=$(LC_ALL=C; printf '%s' "${COMP_LINE:0:${COMP_POINT:-0}}")
  # Whoever calls this without a line has words.
  [ -n "$line" ] || line=$(printf '%q ' "${COMP_WORDS[@]:0:COMP_CWORD}")$(printf '%q' "$typed")
  COMPREPLY=()
  if [ "$name" = npx ]; then
    [[ $line =~ ^[[:blank:]]*npx[[:blank:]]+((-[^[:blank:]]+[[:blank:]]+)*plugin-host[[:blank:]].*)$ ]] || {
      compopt -o default 2>/dev/null
      return
    }
    line=${BASH_REMATCH[1]}
    [[ $line =~ (plugin-host[[:blank:]].*)$ ]] && line=${BASH_REMATCH[1]}
  fi
  local _plugin_host_command _plugin_host_path
  _plugin_host_find "${name/#\~\//$HOME/}"
  answer=$(PATH=$_plugin_host_path "${_plugin_host_command[@]}" __complete --line "$line" 2>/dev/null) || return
  IFS=$'\t' read -r kind prefix current <<<"${answer##*$'\n'}"
  case ${answer##*$'\n'} in
    *$'\t\t'*) current=$prefix prefix='' ;; # read takes two tabs for one
  esac
  # Readline completes only what is behind the last = : @ of the word, which it gives as $2.
  local quote=$typed
  case $typed in [=:@]) typed='' ;; esac
  typed=${typed#[\"\']} typed=${typed//\\/}
  local kept=${current:0:${#current}-${#typed}}
  while IFS= read -r word; do
    case $word in :*) continue ;; esac
    word=${word%%$'\t'*}
    word=${word#"$kept"}
    case $quote in [\"\']*) ;; *) word=$(printf '%q' "$word") ;; esac
    COMPREPLY[${#COMPREPLY[@]}]=$word
  done <<<"$answer"
  case $kind in
    :open) compopt -o nospace 2>/dev/null ;;
    :files | :folders)
      compopt -o filenames 2>/dev/null
      path=${current#"$prefix"}
      i=-f
      [ "$kind" = :files ] || i=-d
      while IFS= read -r word; do
        [ -n "$word" ] || continue
        word=$prefix$word
        COMPREPLY[${#COMPREPLY[@]}]=${word#"$kept"}
      done <<<"$(compgen "$i" -- "$path")"
      ;;
  esac
}

complete -F _plugin_host plugin-host
complete -p npx >/dev/null 2>&1 || complete -F _plugin_host npx
