# Warnings are errors with gcc, the project's compiler (clang builds the fuzz targets), for our own code only: libraries are
# included as SYSTEM. With optimisation gcc 12's -Wrestrict is
# wrong about std::string (GCC bug 105651), and so is -Wmaybe-uninitialized; the dev build has both, and no option that
# clang-tidy, which reads its commands, does not know.
function(yekun_warnings target)
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wconversion -Wshadow>
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Werror>
    "$<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict;-Wno-maybe-uninitialized>")
endfunction()
