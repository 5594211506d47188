# Warnings are errors, for our own code only: libraries are included as SYSTEM. -Wrestrict is wrong about std::string in
# gcc 12 with optimisation (GCC bug 105651), and so is -Wmaybe-uninitialized at -O3; the dev build has the latter.
function(yekun_warnings target)
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror>
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-restrict>
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-maybe-uninitialized>)
endfunction()
