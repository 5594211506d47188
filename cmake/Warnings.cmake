# Warnings are errors, for our own code only: libraries are included as SYSTEM.
function(yekun_warnings target)
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror>)
endfunction()
