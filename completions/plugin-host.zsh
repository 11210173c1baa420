#compdef plugin-host
# zsh completion of plugin-host. Also of `npx plugin-host`, unless npx has a completion of its own.

_plugin_host() {
  emulate -L zsh -o extended_glob
  local folder search_path=$PATH answer last kind prefix word about
  local -a program before lines parts described plain files
  before=(${(Q)words[1,CURRENT-1]})
  if [[ $service == npx || $before[1] == npx ]]; then
    shift before
    while [[ $before[1] == -* ]]; do shift before; done
    [[ $before[1] == plugin-host ]] || { _default; return }
    folder=$PWD
    while [[ ! -x $folder/node_modules/.bin/plugin-host && $folder != / ]]; do folder=${folder:h}; done
    if [[ -x $folder/node_modules/.bin/plugin-host ]]; then
      program=($folder/node_modules/.bin/plugin-host)
      search_path=$folder/node_modules/.bin:$PATH
    fi
  elif (( $+commands[$before[1]] )) || [[ -x ${~before[1]} ]]; then
    program=(${~before[1]})
  fi
  (( $#program )) || program=(@PROGRAM@)
  shift before
  answer=$(PATH=$search_path $program __complete "${before[@]}" "${(Q)PREFIX}" 2>/dev/null) || return
  lines=("${(@f)answer}")
  last=$lines[-1]
  shift -p lines
  parts=("${(@ps:\t:)last}")
  kind=$parts[1] prefix=$parts[2]
  for word in $lines; do
    about=${word#*$'\t'}
    word=${word%%$'\t'*}
    if [[ $about == $word ]]; then plain+=($word); else described+=("${word//:/\\:}:$about"); fi
  done
  local -a how
  [[ $kind == :open ]] && how=(-S '')
  local found=1
  (( $#plain )) && compadd "${how[@]}" -a plain && found=0
  (( $#described )) && _describe -V plugin-host described "${how[@]}" && found=0
  if [[ $kind == (:files|:folders) ]]; then
    [[ -n $prefix ]] && compset -P "${(b)prefix}"
    files=()
    [[ $kind == :folders ]] && files=(-/)
    _files $files && found=0
  fi
  return found
}

(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _plugin_host plugin-host
(( $+_comps[npx] )) || compdef _plugin_host npx
# Loaded from fpath at a key press, it has to answer at once.
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _plugin_host "$@"; fi
