# fish completion of plugin-host, and of `npx plugin-host`.

function __plugin_host_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l found
    set -l search_path $PATH
    if test "$words[1]" = npx
        set -e words[1]
        while string match -q -- '-*' "$words[1]"
            set -e words[1]
        end
        set -l folder $PWD
        while true
            if test -x "$folder/node_modules/.bin/plugin-host"
                set found "$folder/node_modules/.bin/plugin-host"
                set search_path "$folder/node_modules/.bin" $PATH
                break
            end
            test -n "$folder"; or break
            set folder (string replace -r '/[^/]*$' '' -- $folder)
        end
    else if type -q -- $words[1]
        set found $words[1]
    end
    if test -z "$found"
        set found @PROGRAM@
    end
    # What the word means; what the quote of an open one is not part of.
    set -l typed (string unescape -- $current; or string trim -l -c "\"'" -- $current)
    set -l answer (env PATH=(string join : -- $search_path) $found __complete $words[2..-1] "$typed" 2>/dev/null)
    or return
    set -l last (string split \t -- $answer[-1])
    set -e answer[-1]
    printf '%s\n' $answer
    set -l rest (string sub -s (math (string length -- "$last[2]") + 1) -- "$current")
    # What follows a command that fish does not know are paths.
    switch $last[1]
        case :files
            string replace -r '^' -- "$last[2]" (complete -C"__plugin_host_unknown $rest")
        case :folders
            string replace -r '^' -- "$last[2]" (complete -C"__plugin_host_unknown $rest" | string match -r '.*/$')
    end
end

function __plugin_host_is_npx
    string match -qr '^npx( -\S+)* plugin-host$' -- (string join ' ' -- (commandline -opc) | string replace -r '^((?:\S+ )(?:-\S+ )*plugin-host).*' '$1')
end

complete -c plugin-host -e
complete -c plugin-host -f -a '(__plugin_host_complete)'
complete -c npx -n __plugin_host_is_npx -f -a '(__plugin_host_complete)'
